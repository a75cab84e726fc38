using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Google.Protobuf;
using Kubeappsapis.Plugins.Helm.Packages.V1Alpha1;
using Wego.Plugins;
using Wego.Plugins.Helm;

namespace Wego.Helm.Tests.Repositories;

/// <summary>
/// The repository model as JSON: references are written <c>namespace/name</c>, a key of a Secret <c>name/key</c>, a custom detail
/// as its message (or as <c>TYPE#HEX</c>); what is empty or has its default is left out.
/// </summary>
internal static class RepositoryJson
{
    public const string Cluster = "default";

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters =
        {
            new JsonStringEnumConverter(),
            new TextConverter<RepositoryRef>(r => $"{r.Namespace}/{r.Name}", t => new RepositoryRef(HelmPlugin.PluginId, Cluster, t.Split('/')[0], t.Split('/')[1])),
            new TextConverter<SecretKeyRef>(
                r => r.Key.Length == 0 ? r.Name : $"{r.Name}/{r.Key}",
                t => new SecretKeyRef(t.Split('/')[0], t.Split('/').ElementAtOrDefault(1) ?? "")),
            new DetailConverter(),
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

        return node;
    }

    private sealed class TextConverter<T>(Func<T, string> write, Func<string, T> read) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }

    private sealed class DetailConverter : JsonConverter<CustomDetail>
    {
        private static readonly JsonFormatter s_formatter = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

        public override CustomDetail Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                var parts = reader.GetString()!.Split('#');
                return new CustomDetail(parts[0], [.. Convert.FromHexString(parts[1])]);
            }

            var message = JsonParser.Default.Parse<HelmPackageRepositoryCustomDetail>(JsonNode.Parse(ref reader)!.ToJsonString());
            return new CustomDetail($"type.googleapis.com/{HelmPackageRepositoryCustomDetail.Descriptor.FullName}", [.. message.ToByteArray()]);
        }

        public override void Write(Utf8JsonWriter writer, CustomDetail value, JsonSerializerOptions options)
        {
            value.TypeUrl.ShouldBe($"type.googleapis.com/{HelmPackageRepositoryCustomDetail.Descriptor.FullName}");
            writer.WriteRawValue(s_formatter.Format(HelmPackageRepositoryCustomDetail.Parser.ParseFrom(value.Value.AsSpan())));
        }
    }
}
