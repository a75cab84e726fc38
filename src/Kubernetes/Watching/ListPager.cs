namespace Wego.Kubernetes;

/// <summary>Reads a whole list page by page.</summary>
internal static class ListPager
{
    public static async Task<(List<KubernetesObject> Items, string ResourceVersion)> ReadAsync(
        IKubernetesClient client, KubernetesIdentity identity, GroupVersionResource resource, string? ns, ListOptions options, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                // A list that outlives its continue token twice will do so again: then all at once.
                return await ReadPagesAsync(client, identity, resource, ns, attempt < 2 ? options : options with { Limit = 0 }, cancellationToken);
            }
            catch (KubernetesException e) when (e.Failure == KubernetesFailure.Expired && attempt < 2)
            {
                // The pages already read belong to a state that the server has forgotten; they must not be mixed with newer ones.
            }
        }
    }

    private static async Task<(List<KubernetesObject> Items, string ResourceVersion)> ReadPagesAsync(
        IKubernetesClient client, KubernetesIdentity identity, GroupVersionResource resource, string? ns, ListOptions options, CancellationToken cancellationToken)
    {
        var items = new List<KubernetesObject>();
        while (true)
        {
            var page = await client.ListAsync(identity, resource, ns, options, cancellationToken);
            items.AddRange(page.Items);
            if (page.Continue is null)
            {
                return (items, page.ResourceVersion);
            }

            options = options with { Continue = page.Continue };
        }
    }
}
