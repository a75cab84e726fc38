using Wego.Kubernetes;

namespace Wego.Plugins.Resources;

/// <summary>Lists of any length.</summary>
internal static class KubernetesLists
{
    private const int PageSize = 500;

    /// <summary>All items, read page by page; begun anew once where the list grew too old on the way.</summary>
    public static async Task<List<KubernetesObject>> ListAllAsync(
        this IKubernetesClient client, KubernetesIdentity identity, GroupVersionResource resource, string? ns, bool metadataOnly, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(client, identity, resource, ns, metadataOnly, cancellationToken);
        }
        catch (KubernetesException e) when (e.Failure == KubernetesFailure.Expired)
        {
            return await ReadAsync(client, identity, resource, ns, metadataOnly, cancellationToken);
        }
    }

    private static async Task<List<KubernetesObject>> ReadAsync(
        IKubernetesClient client, KubernetesIdentity identity, GroupVersionResource resource, string? ns, bool metadataOnly, CancellationToken cancellationToken)
    {
        var items = new List<KubernetesObject>();
        string? next = null;
        do
        {
            var page = await client.ListAsync(identity, resource, ns, new ListOptions(PageSize, next, MetadataOnly: metadataOnly), cancellationToken);
            items.AddRange(page.Items);
            next = page.Continue;
        }
        while (!string.IsNullOrEmpty(next));

        return items;
    }
}
