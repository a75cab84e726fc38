using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox;
using Wego.Sandbox.Json;

namespace Wego.Conformance;

/// <summary>Helm's releases, kept in Secrets as Helm keeps them: JSON, packed with gzip, in base64.</summary>
internal static class ReleaseFile
{
    private const string Type = "helm.sh/release.v1";
    private static readonly GroupVersionResource s_secrets = new("", "v1", "secrets");

    /// <summary>The Secrets of <c>releases.json</c>, to be created like those of <c>cluster.yaml</c>.</summary>
    public static IEnumerable<JsonObject> Secrets(JsonArray releases) => releases.Select(r => Secret(r!.AsObject()));

    /// <summary>What of <c>releases-after.json</c> is not so. Members that it does not name may have any value.</summary>
    public static IReadOnlyList<string> Differences(JsonArray releases, SandboxStore store) => [.. releases.SelectMany(r => Differences(r!.AsObject(), store))];

    private static IEnumerable<string> Differences(JsonObject release, SandboxStore store)
    {
        var name = NameOf(release);
        return store.Get(s_secrets, release.Text("namespace")!, name) is { } secret
            ? Pattern.Differences(release, Read(secret.ToJsonObject()), exact: false).Select(d => $"{name}: {d}")
            : [$"{name} is not there"];
    }

    private static string NameOf(JsonObject release) => $"sh.helm.release.v1.{release.Text("name")}.v{release["version"]}";

    private static JsonObject Secret(JsonObject release) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject
        {
            ["name"] = NameOf(release),
            ["namespace"] = release.Text("namespace"),
            ["labels"] = new JsonObject
            {
                ["name"] = release.Text("name"),
                ["owner"] = "helm",
                ["status"] = release.Object("info").Text("status"),
                ["version"] = release["version"]!.ToJsonString(),
            },
        },
        ["type"] = Type,
        ["data"] = new JsonObject { ["release"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(Convert.ToBase64String(Pack(release)))) },
    };

    private static byte[] Pack(JsonObject release)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(release.ToJsonString()));
        }

        return stream.ToArray();
    }

    private static JsonNode Read(JsonObject secret)
    {
        var text = Encoding.ASCII.GetString(Convert.FromBase64String(secret["data"]!["release"]!.GetValue<string>()));
        using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
        return JsonNode.Parse(gzip)!;
    }
}
