using System.Globalization;
using System.Reflection;
using Google.Api;
using Google.Protobuf.Reflection;

namespace Wego.Protos.Tests;

/// <summary>Writes down the contract that the compiled descriptors describe, one fact per line.</summary>
internal static class DescriptorContract
{
    /// <summary>The files of the compatible contract, ordered by name. What Wego adds beside it is free to grow.</summary>
    public static FileDescriptor[] Files { get; } = typeof(Kubeappsapis.Core.Plugins.V1Alpha1.Plugin).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
        .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
        .OfType<FileDescriptor>()
        .Where(file => !file.Package.StartsWith("wego.", StringComparison.Ordinal))
        .OrderBy(file => file.Name, StringComparer.Ordinal)
        .ToArray();

    public static IEnumerable<string> Lines() => Files.SelectMany(Lines);

    private static IEnumerable<string> Lines(FileDescriptor file) =>
    [
        $"file {file.Name} package {file.Package}",
        .. file.Services.SelectMany(service => service.Methods).Select(Line),
        .. file.MessageTypes.SelectMany(Lines),
        .. file.EnumTypes.SelectMany(Lines),
    ];

    private static string Line(MethodDescriptor method)
    {
        var streams = (method.IsClientStreaming, method.IsServerStreaming) switch
        {
            (false, false) => "unary",
            (false, true) => "server-streaming",
            (true, false) => "client-streaming",
            (true, true) => "bidirectional",
        };
        var http = method.GetOptions()?.GetExtension(AnnotationsExtensions.Http);
        var binding = http is null ? "none" : $"{http.PatternCase.ToString().ToUpperInvariant()} {Path(http)}";
        var body = http is { Body.Length: > 0 } ? $" body {http.Body}" : "";
        return $"rpc {method.Service.FullName}.{method.Name} {streams} {method.InputType.FullName} {method.OutputType.FullName} {binding}{body}";
    }

    private static string Path(HttpRule rule) => rule.PatternCase switch
    {
        HttpRule.PatternOneofCase.Get => rule.Get,
        HttpRule.PatternOneofCase.Put => rule.Put,
        HttpRule.PatternOneofCase.Post => rule.Post,
        HttpRule.PatternOneofCase.Delete => rule.Delete,
        _ => throw new InvalidOperationException($"The contract has no {rule.PatternCase} binding."),
    };

    private static IEnumerable<string> Lines(MessageDescriptor message) => IsMapEntry(message)
        ? []
        :
        [
            $"message {message.FullName}",
            .. message.Fields.InDeclarationOrder().Select(Line),
            .. message.NestedTypes.SelectMany(Lines),
            .. message.EnumTypes.SelectMany(Lines),
        ];

    private static IEnumerable<string> Lines(EnumDescriptor type) =>
        type.Values.Select(value => string.Create(CultureInfo.InvariantCulture, $"value {type.FullName}.{value.Name} = {value.Number}"));

    private static string Line(FieldDescriptor field)
    {
        var oneof = field.RealContainingOneof is { } group ? $" oneof {group.Name}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"field {field.FullName} = {field.FieldNumber} {Type(field)}{oneof}");
    }

    private static string Type(FieldDescriptor field)
    {
        if (field.IsMap)
        {
            return $"map<{Element(field.MessageType.FindFieldByNumber(1))}, {Element(field.MessageType.FindFieldByNumber(2))}>";
        }

        var optional = field.ContainingOneof is { IsSynthetic: true };
        return (field.IsRepeated ? "repeated " : optional ? "optional " : "") + Element(field);
    }

    private static string Element(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => field.MessageType.FullName,
        FieldType.Enum => field.EnumType.FullName,
        var scalar => scalar.ToString().ToLowerInvariant(),
    };

    private static bool IsMapEntry(MessageDescriptor message) => message.GetOptions()?.MapEntry == true;
}
