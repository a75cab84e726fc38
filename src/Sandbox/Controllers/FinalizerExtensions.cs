using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Controllers;

/// <summary>Keeps objects until what belongs to them is gone.</summary>
internal static class FinalizerExtensions
{
    /// <summary>Adds a finalizer; whether it was missing, in which case the object's change calls again.</summary>
    public static async Task<bool> AddFinalizerAsync(this IKubernetesClient client, GroupVersionResource resource, KubernetesObject obj, string finalizer, CancellationToken cancellationToken)
    {
        var present = Of(obj);
        if (present.Contains(finalizer))
        {
            return false;
        }

        await SetAsync(client, resource, obj, [.. present, finalizer], cancellationToken);
        return true;
    }

    /// <summary>Takes a finalizer away.</summary>
    public static Task RemoveFinalizerAsync(this IKubernetesClient client, GroupVersionResource resource, KubernetesObject obj, string finalizer, CancellationToken cancellationToken)
    {
        var present = Of(obj);
        return present.Contains(finalizer) ? SetAsync(client, resource, obj, [.. present.Where(f => f != finalizer)], cancellationToken) : Task.CompletedTask;
    }

    private static string[] Of(KubernetesObject obj) =>
        obj.Find("metadata", "finalizers") is { ValueKind: JsonValueKind.Array } finalizers ? [.. finalizers.EnumerateArray().Select(f => f.GetString()!)] : [];

    private static Task<KubernetesObject> SetAsync(IKubernetesClient client, GroupVersionResource resource, KubernetesObject obj, string[] finalizers, CancellationToken cancellationToken) =>
        client.PatchAsync(
            KubernetesIdentity.Service,
            resource,
            obj.Namespace,
            obj.Name,
            PatchType.Merge,
            // With the version, so that nobody else's finalizer is lost.
            new JsonObject { ["metadata"] = new JsonObject { ["finalizers"] = finalizers.ToJsonArray(), ["resourceVersion"] = obj.ResourceVersion } },
            new PatchOptions(),
            cancellationToken);
}
