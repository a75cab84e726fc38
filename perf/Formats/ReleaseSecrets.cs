using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Wego.Perf.Formats;

/// <summary>Helm's records of releases, of the size that those of ordinary charts have: about 40 KB of JSON, 10 KB compressed.</summary>
internal static class ReleaseSecrets
{
    private static readonly string[] Words = ["apiVersion", "metadata", "labels", "app.kubernetes.io/name", "template", "include", "containers", "image", "resources", "limits", "memory", "volumeMounts", "env", "valueFrom", "secretKeyRef", "nindent", "toYaml", "Values", "Release", "end", "if", "with", "range"];

    public static JsonObject Create(string ns, string name, int index)
    {
        var release = Encoding.UTF8.GetBytes(Release(ns, name, index).ToJsonString());
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(release);
        }

        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["type"] = "helm.sh/release.v1",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"sh.helm.release.v1.{name}.v1",
                ["namespace"] = ns,
                ["labels"] = new JsonObject { ["name"] = name, ["owner"] = "helm", ["status"] = "deployed", ["version"] = "1", ["modifiedAt"] = "1700000000" },
            },
            ["data"] = new JsonObject { ["release"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(Convert.ToBase64String(compressed.GetBuffer().AsSpan(0, (int)compressed.Length)))) },
        };
    }

    /// <summary>Creates releases in the namespaces team-0, team-1 and so on, as many in each.</summary>
    public static async Task FillAsync(HttpClient http, int releases, int namespaces)
    {
        for (var i = 0; i < namespaces; i++)
        {
            await CreateAsync(http, "/api/v1/namespaces", new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = $"team-{i}" } });
        }

        await Parallel.ForAsync(0, releases, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
            await CreateAsync(http, $"/api/v1/namespaces/team-{i % namespaces}/secrets", Create($"team-{i % namespaces}", $"release-{i}", i)));
    }

    private static JsonObject Release(string ns, string name, int index)
    {
        var random = new Random(index);
        var chart = $"chart-{index % 50}";
        var templates = new JsonArray([.. Enumerable.Range(0, 12).Select(i => (JsonNode)new JsonObject
        {
            ["name"] = $"templates/{i}.yaml",
            ["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(random, 1500))),
        })]);
        return new JsonObject
        {
            ["name"] = name,
            ["info"] = new JsonObject
            {
                ["first_deployed"] = "2026-01-02T03:04:05.123456789Z",
                ["last_deployed"] = "2026-01-02T03:04:05.123456789Z",
                ["deleted"] = "",
                ["description"] = "Install complete",
                ["status"] = "deployed",
                ["notes"] = Text(random, 800),
            },
            ["chart"] = new JsonObject
            {
                ["metadata"] = new JsonObject
                {
                    ["name"] = chart,
                    ["version"] = string.Create(CultureInfo.InvariantCulture, $"1.{index % 7}.{index % 11}"),
                    ["appVersion"] = "2.0.0",
                    ["description"] = $"What {chart} does",
                    ["home"] = $"https://{chart}.example",
                    ["icon"] = $"https://{chart}.example/icon.svg",
                    ["apiVersion"] = "v2",
                },
                ["lock"] = null,
                ["templates"] = templates,
                ["values"] = new JsonObject { ["text"] = Text(random, 4000) },
                ["schema"] = null,
                ["files"] = null,
            },
            ["config"] = new JsonObject { ["replicas"] = index % 5 },
            ["manifest"] = $"---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\ndata:\n  text: |\n    {Text(random, 8000)}\n",
            ["version"] = 1,
            ["namespace"] = ns,
        };
    }

    private static string Text(Random random, int length)
    {
        var text = new StringBuilder(length + 16);
        while (text.Length < length)
        {
            text.Append(Words[random.Next(Words.Length)]).Append(random.Next(8) == 0 ? random.Next(100_000).ToString(CultureInfo.InvariantCulture) : "").Append(random.Next(6) == 0 ? "\n  " : ": ");
        }

        return text.ToString();
    }

    private static async Task CreateAsync(HttpClient http, string path, JsonObject obj)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var content = new StringContent(obj.ToJsonString(), Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(path, content);
            if (response.IsSuccessStatusCode || attempt == 20)
            {
                response.EnsureSuccessStatusCode();
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }
}
