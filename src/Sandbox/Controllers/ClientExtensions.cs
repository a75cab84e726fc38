using System.Text.Json.Nodes;
using Wego.Kubernetes;

namespace Wego.Sandbox.Controllers;

/// <summary>What controllers do often.</summary>
internal static class ClientExtensions
{
    /// <summary>The object, or null where there is none.</summary>
    public static Task<KubernetesObject?> TryGetAsync(this IKubernetesClient client, GroupVersionResource resource, string ns, string name, CancellationToken cancellationToken) =>
        client.FindAsync(KubernetesIdentity.Service, resource, ns, name, cancellationToken);

    /// <summary>Deletes an object that may be gone already.</summary>
    public static async Task TryDeleteAsync(this IKubernetesClient client, GroupVersionResource resource, string? ns, string name, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteAsync(KubernetesIdentity.Service, resource, ns, name, new DeleteOptions(Propagation: "Background"), cancellationToken);
        }
        catch (KubernetesException e) when (e.Failure == KubernetesFailure.NotFound)
        {
            // That is what was wanted.
        }
    }

    /// <summary>Merges into the status.</summary>
    public static Task PatchStatusAsync(this IKubernetesClient client, GroupVersionResource resource, KubernetesObject obj, string manager, JsonObject status, CancellationToken cancellationToken) =>
        client.PatchAsync(
            KubernetesIdentity.Service,
            resource,
            obj.Namespace,
            obj.Name,
            PatchType.Merge,
            new JsonObject { ["status"] = status },
            new PatchOptions(FieldManager: manager, Subresource: "status"),
            cancellationToken);
}
