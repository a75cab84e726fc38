using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox;

namespace Wego.Perf.Api;

/// <summary>Puts Flux's objects into the cluster as its controllers would leave them.</summary>
internal static class FluxObjects
{
    public static GroupVersionResource HelmRepositories { get; } = new("source.toolkit.fluxcd.io", "v1", "helmrepositories");

    public static GroupVersionResource HelmReleases { get; } = new("helm.toolkit.fluxcd.io", "v2", "helmreleases");

    /// <summary>Creates a repository that is ready.</summary>
    public static void CreateRepository(SandboxStore store, string ns, string name, Uri url)
    {
        store.Create(Object("source.toolkit.fluxcd.io/v1", "HelmRepository", ns, name, new JsonObject { ["url"] = url.ToString(), ["interval"] = "1h" }));
        store.UpdateStatus(HelmRepositories, ns, name, status => SetReady(status, "Succeeded"));
    }

    /// <summary>Creates a release that is installed and owns the given objects.</summary>
    public static void CreateRelease(SandboxStore store, string ns, string name, string chart, string repository, params (string Kind, string Group, string Version, string Name)[] owned)
    {
        var reference = new JsonObject { ["kind"] = "HelmRepository", ["name"] = repository, ["namespace"] = MeasuredServer.Namespace };
        var spec = new JsonObject { ["chart"] = chart, ["version"] = "1.0.0", ["sourceRef"] = reference };
        store.Create(Object("helm.toolkit.fluxcd.io/v2", "HelmRelease", ns, name, new JsonObject
        {
            ["interval"] = "10m",
            ["releaseName"] = name,
            ["chart"] = new JsonObject { ["spec"] = spec },
        }));
        store.UpdateStatus(HelmReleases, ns, name, status =>
        {
            SetReady(status, "InstallSucceeded");
            status["history"] = new JsonArray(new JsonObject
            {
                ["name"] = name,
                ["namespace"] = ns,
                ["version"] = 1,
                ["chartName"] = chart,
                ["chartVersion"] = "1.0.0",
                ["appVersion"] = "1.0",
                ["status"] = "deployed",
            });
            status["inventory"] = new JsonObject
            {
                ["entries"] = new JsonArray([.. owned.Select(o => (JsonNode)new JsonObject { ["id"] = $"{ns}_{o.Name}_{o.Group}_{o.Kind}", ["v"] = o.Version })]),
            };
        });
    }

    /// <summary>An object without a status.</summary>
    public static JsonObject Object(string apiVersion, string kind, string ns, string name, JsonObject spec) => new()
    {
        ["apiVersion"] = apiVersion,
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns },
        ["spec"] = spec,
    };

    private static void SetReady(JsonObject status, string reason)
    {
        status["observedGeneration"] = 1;
        status["conditions"] = new JsonArray(new JsonObject
        {
            ["type"] = "Ready",
            ["status"] = "True",
            ["reason"] = reason,
            ["message"] = "done",
            ["observedGeneration"] = 1,
            ["lastTransitionTime"] = "2026-01-01T00:00:00Z",
        });
    }
}
