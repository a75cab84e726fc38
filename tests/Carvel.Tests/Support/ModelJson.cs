using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Wego.Plugins;
using Wego.Plugins.Carvel;

namespace Wego.Carvel.Tests;

/// <summary>The package model as JSON: references are written <c>namespace/name</c>, what is empty or has its default is left out.</summary>
internal static class ModelJson
{
    public const string Cluster = "default";

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters =
        {
            new JsonStringEnumConverter(),
            new TextConverter<RepositoryRef>(r => $"{r.Namespace}/{r.Name}", t => new RepositoryRef(CarvelPlugin.PluginId, Cluster, Part(t, 0), Part(t, 1))),
            new TextConverter<InstalledPackageRef>(r => $"{r.Namespace}/{r.Name}", t => new InstalledPackageRef(CarvelPlugin.PluginId, Cluster, Part(t, 0), Part(t, 1))),
            new TextConverter<SecretKeyRef>(r => r.Name, t => new SecretKeyRef(t, "")),
            new TextConverter<CustomDetail>(
                d => $"{d.TypeUrl}#{Convert.ToHexString(d.Value.AsSpan())}",
                t => new CustomDetail(t.Split('#')[0], [.. Convert.FromHexString(t.Split('#')[1])])),
        },
    };

    public static JsonNode? Write<T>(T value) => WithoutEmpty(JsonSerializer.SerializeToNode(value, s_options));

    public static T Read<T>(JsonNode node) => node.Deserialize<T>(s_options)!;

    private static JsonNode? WithoutEmpty(JsonNode? node)
    {
        if (node is JsonObject obj)
        {
            foreach (var (key, value) in obj.ToArray())
            {
                if (value is JsonValue text && text.GetValueKind() == JsonValueKind.String && text.GetValue<string>().Length == 0)
                {
                    obj.Remove(key);
                }

                WithoutEmpty(value);
            }
        }

        foreach (var item in node as JsonArray ?? [])
        {
            WithoutEmpty(item);
        }

        return node;
    }

    private static string Part(string text, int index) => text.Split('/')[index];

    private sealed class TextConverter<T>(Func<T, string> write, Func<string, T> read) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }
}
