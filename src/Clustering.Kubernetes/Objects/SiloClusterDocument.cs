using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Kubernetes;

namespace Wego.Clustering;

/// <summary>The custom resource, readable for people and checked by the API server.</summary>
internal sealed class SiloClusterDocument : SiloTableDocument
{
    public override GroupVersionResource Resource { get; } = new("wego.dev", "v1", "siloclusters");

    public override string Kind => "SiloCluster";

    protected override string Field => "spec";

    public override JsonObject Write(JsonObject manifest, SiloTable table)
    {
        manifest["spec"] = SiloTableWriter.Write(table);
        return manifest;
    }

    public override string Missing(string ns) =>
        $"The cluster knows neither the namespace {ns} nor the kind SiloCluster of wego.dev/v1, or one of them: apply deploy/crds/siloclusters.yaml, or set Wego:Cluster:Store to ConfigMap.";

    protected override JsonElement Content(KubernetesObject obj) => obj.Spec;
}
