using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Controllers;

/// <summary>Stands in for the controllers of workloads and the kubelet: what is asked for runs after a moment.</summary>
internal sealed class WorkloadController(IKubernetesClient client, GroupVersionResource resource, TimeSpan startup, TimeProvider time)
{
    private const string Manager = "workload-stand-in";
    private static readonly GroupVersionResource ReplicaSets = new("apps", "v1", "replicasets");

    /// <summary>The kinds that are made to run.</summary>
    public static IReadOnlyList<GroupVersionResource> Resources { get; } =
    [
        new("apps", "v1", "deployments"),
        ReplicaSets,
        new("apps", "v1", "statefulsets"),
        new("apps", "v1", "daemonsets"),
        new("batch", "v1", "jobs"),
        new("", "v1", "pods"),
        new("", "v1", "persistentvolumeclaims"),
    ];

    public async Task ReconcileAsync(string ns, string name, CancellationToken cancellationToken)
    {
        if (await client.TryGetAsync(resource, ns, name, cancellationToken) is not { IsDeleting: false } workload || WorkloadStatus.IsCurrent(workload))
        {
            return;
        }

        await Task.Delay(startup, time, cancellationToken);
        var hash = "";
        if (workload.Kind == "Deployment")
        {
            hash = await ReplaceReplicaSetAsync(workload, cancellationToken);
        }

        await client.PatchStatusAsync(resource, workload, Manager, WorkloadStatus.Create(workload, hash, time.GetUtcNow()), cancellationToken);
    }

    /// <summary>Whether everything that a workload asks for is running.</summary>
    public static bool IsReady(KubernetesObject workload) => WorkloadStatus.IsReady(workload);

    /// <summary>A deployment runs by a ReplicaSet with its template, in which tools look for progress. Those of former templates go at once.</summary>
    private async Task<string> ReplaceReplicaSetAsync(KubernetesObject deployment, CancellationToken cancellationToken)
    {
        var template = JsonObject.Create(deployment.Find("spec", "template"))!;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(template.ToJsonString())).AsSpan(0, 5));
        var labels = template.Metadata().Ensure("labels");
        labels["pod-template-hash"] = hash;
        var selector = JsonObject.Create(deployment.Find("spec", "selector"))!;
        selector.Ensure("matchLabels")["pod-template-hash"] = hash;
        var name = $"{deployment.Name}-{hash}";
        await client.PatchAsync(
            KubernetesIdentity.Service,
            ReplicaSets,
            deployment.Namespace,
            name,
            PatchType.Apply,
            new JsonObject
            {
                ["apiVersion"] = ReplicaSets.ApiVersion,
                ["kind"] = "ReplicaSet",
                ["metadata"] = new JsonObject
                {
                    ["name"] = name,
                    ["labels"] = labels.DeepClone(),
                    ["ownerReferences"] = new JsonArray(new JsonObject
                    {
                        ["apiVersion"] = deployment.ApiVersion,
                        ["kind"] = deployment.Kind,
                        ["name"] = deployment.Name,
                        ["uid"] = deployment.Uid,
                        ["controller"] = true,
                        ["blockOwnerDeletion"] = true,
                    }),
                },
                ["spec"] = new JsonObject { ["replicas"] = WorkloadStatus.Wanted(deployment), ["selector"] = selector, ["template"] = template },
            },
            new PatchOptions(Manager, Force: true),
            cancellationToken);

        var all = await client.ListAsync(KubernetesIdentity.Service, ReplicaSets, deployment.Namespace, new ListOptions(), cancellationToken);
        foreach (var former in all.Items.Where(r => r.Name != name && IsOwned(r, deployment)))
        {
            await client.TryDeleteAsync(ReplicaSets, former.Namespace, former.Name, cancellationToken);
        }

        return name;
    }

    private static bool IsOwned(KubernetesObject obj, KubernetesObject owner) =>
        obj.Find("metadata", "ownerReferences") is { ValueKind: JsonValueKind.Array } owners && owners.EnumerateArray().Any(o => o.GetProperty("uid").ValueEquals(owner.Uid));
}
