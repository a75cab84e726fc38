using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Flux;

/// <summary>The Secret in which Helm keeps a revision of a release (<c>helm.sh/release.v1</c>: JSON, gzip, base64).</summary>
internal static class ReleaseRecord
{
    public static string NameOf(string release, long revision) => $"sh.helm.release.v1.{release}.v{revision}";

    public static JsonObject Create(Release release, string name, string ns, long revision, DateTimeOffset now)
    {
        var time = KubernetesTime.Format(now);
        var record = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = ns,
            ["version"] = revision,
            ["info"] = new JsonObject
            {
                ["first_deployed"] = time,
                ["last_deployed"] = time,
                ["deleted"] = "",
                ["description"] = revision == 1 ? "Install complete" : "Upgrade complete",
                ["status"] = "deployed",
                ["notes"] = release.Notes,
            },
            ["chart"] = new JsonObject
            {
                ["metadata"] = new JsonObject
                {
                    ["name"] = release.Chart.Name,
                    ["version"] = release.Chart.Version,
                    ["appVersion"] = release.Chart.AppVersion,
                    ["apiVersion"] = "v2",
                },
                ["templates"] = new JsonArray(),
            },
            ["config"] = release.Values.Copy(),
            ["manifest"] = release.Manifest,
        };
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject
            {
                ["name"] = NameOf(name, revision),
                ["namespace"] = ns,
                ["labels"] = new JsonObject { ["owner"] = "helm", ["name"] = name, ["status"] = "deployed", ["version"] = $"{revision}" },
            },
            ["type"] = "helm.sh/release.v1",
            ["stringData"] = new JsonObject { ["release"] = Encode(record) },
        };
    }

    private static string Encode(JsonObject record)
    {
        var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(record.ToJsonString()));
        }

        return Convert.ToBase64String(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
