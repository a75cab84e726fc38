using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Plugins.V1Alpha1;

namespace Wego.Conformance;

/// <summary>The services and messages of the contract, and their JSON form.</summary>
internal static class WireContract
{
    private static readonly FileDescriptor[] s_files =
    [
        .. typeof(PluginsReflection).Assembly.GetExportedTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => type.GetProperty("Descriptor")?.GetValue(obj: null)).OfType<FileDescriptor>(),
    ];

    private static readonly TypeRegistry s_types = TypeRegistry.FromFiles(s_files);
    private static readonly JsonParser s_parser = new(JsonParser.Settings.Default.WithTypeRegistry(s_types));
    private static readonly JsonFormatter s_formatter = new(JsonFormatter.Settings.Default.WithTypeRegistry(s_types));

    /// <summary>The RPC <c>package.Service/Method</c>.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static MethodDescriptor Method(string path)
    {
        var parts = path.Split('/');
        return s_files.SelectMany(file => file.Services).FirstOrDefault(service => service.FullName == parts[0])?.FindMethodByName(parts[^1])
            ?? throw new InvalidDataException($"The contract has no RPC '{path}'.");
    }

    /// <summary>A message from its JSON form. Unknown fields are refused, so that no case asks or expects what the contract does not have.</summary>
    public static IMessage Parse(JsonObject json, MessageDescriptor type) => s_parser.Parse(json.ToJsonString(), type);

    /// <summary>The JSON form of a message.</summary>
    public static JsonObject Format(IMessage message) => JsonNode.Parse(s_formatter.Format(message))!.AsObject();
}
