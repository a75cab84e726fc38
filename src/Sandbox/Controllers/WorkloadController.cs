using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Kubernetes;

namespace Wego.Sandbox.Controllers;

/// <summary>Stands in for the controllers of workloads and the kubelet: what is asked for runs after a moment.</summary>
internal sealed class WorkloadController(IKubernetesClient client, GroupVersionResource resource, TimeSpan startup, TimeProvider time)
{
    public async Task ReconcileAsync(string ns, string name, CancellationToken cancellationToken)
    {
        if (await client.TryGetAsync(resource, ns, name, cancellationToken) is not { IsDeleting: false } workload || IsUpToDate(workload))
        {
            return;
        }

        await Task.Delay(startup, time, cancellationToken);
        var replicas = Wanted(workload);
        await client.PatchAsync(
            KubernetesIdentity.Service,
            resource,
            ns,
            name,
            PatchType.Merge,
            new JsonObject { ["status"] = Status(workload.Generation, replicas) },
            new PatchOptions(FieldManager: "workload-stand-in", Subresource: "status"),
            cancellationToken);
    }

    /// <summary>Whether everything that a workload asks for is running.</summary>
    public static bool IsReady(KubernetesObject workload) =>
        IsUpToDate(workload) && Ready(workload) >= Wanted(workload);

    private static bool IsUpToDate(KubernetesObject workload) =>
        Number(workload.Find("status", "observedGeneration")) == workload.Generation && Ready(workload) == Wanted(workload);

    private static long Ready(KubernetesObject workload) =>
        Number(workload.Kind == "DaemonSet" ? workload.Find("status", "numberReady") : workload.Find("status", "readyReplicas"));

    private static long Wanted(KubernetesObject workload) => workload.Kind == "DaemonSet"
        ? 1
        : workload.Find("spec", "replicas") is { ValueKind: JsonValueKind.Number } replicas ? replicas.GetInt64() : 1;

    private static long Number(JsonElement element) => element.ValueKind == JsonValueKind.Number ? element.GetInt64() : 0;

    private JsonObject Status(long generation, long replicas) => resource.Resource == "daemonsets"
        ? new JsonObject
        {
            ["observedGeneration"] = generation,
            ["currentNumberScheduled"] = replicas,
            ["desiredNumberScheduled"] = replicas,
            ["numberMisscheduled"] = 0,
            ["numberReady"] = replicas,
            ["numberAvailable"] = replicas,
        }
        : new JsonObject
        {
            ["observedGeneration"] = generation,
            ["replicas"] = replicas,
            ["readyReplicas"] = replicas,
            ["availableReplicas"] = replicas,
            ["updatedReplicas"] = replicas,
        };
}
