using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Wego.Kubernetes;

namespace Wego.Charts.Tests.Releases;

/// <summary>Releases packed as Helm does.</summary>
internal static class PackedRelease
{
    public const string Json =
        """
        {
          "name": "web",
          "info": {
            "first_deployed": "2024-05-01T10:00:00.123456789Z",
            "last_deployed": "2024-05-02T12:30:00.123456789+02:00",
            "deleted": "",
            "description": "Upgrade complete",
            "status": "deployed",
            "notes": "Have \"fun\"",
            "resources": { "v1/Pod": [ { "status": "no status of the release" } ] }
          },
          "chart": {
            "metadata": {
              "name": "nginx",
              "version": "1.2.3",
              "appVersion": "1.25",
              "description": "A web server",
              "icon": "https://example.com/icon.png",
              "home": "https://example.com",
              "maintainers": [ { "name": "not the chart" } ],
              "annotations": { "version": "not the chart's" }
            },
            "lock": null,
            "templates": [ { "name": "templates/a.yaml", "data": "YQ==" } ],
            "values": { "replicas": 1 },
            "schema": null,
            "files": []
          },
          "config": { "replicas": 2 },
          "manifest": "---\nkind: ConfigMap\n",
          "version": 3,
          "namespace": "team-a"
        }
        """;

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    public static KubernetesObject Secret(byte[] packed, string status = "deployed", string name = "sh.helm.release.v1.web.v3") => Object(
        new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["type"] = "helm.sh/release.v1" },
        Convert.ToBase64String(Encoding.ASCII.GetBytes(Convert.ToBase64String(packed))),
        status,
        name);

    public static KubernetesObject Secret(byte[] packed, Base64FormattingOptions format) => Object(
        new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["type"] = "helm.sh/release.v1" },
        Convert.ToBase64String(Encoding.ASCII.GetBytes(Convert.ToBase64String(packed, format)), format),
        "deployed",
        "sh.helm.release.v1.web.v3");

    public static KubernetesObject ConfigMap(byte[] packed) => Object(
        new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ConfigMap" },
        Convert.ToBase64String(packed),
        "deployed",
        "sh.helm.release.v1.web.v3");

    private static KubernetesObject Object(JsonObject obj, string release, string status, string name)
    {
        obj["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = "team-a",
            ["labels"] = new JsonObject { ["owner"] = "helm", ["name"] = "web", ["version"] = "3", ["status"] = status },
        };
        obj["data"] = new JsonObject { ["release"] = release };
        return KubernetesObject.From(obj);
    }
}
