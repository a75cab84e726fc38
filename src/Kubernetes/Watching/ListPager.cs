namespace Wego.Kubernetes;

/// <summary>Reads a whole list page by page.</summary>
public static class ListPager
{
    /// <summary>Reads all items.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="identity">As whom.</param>
    /// <param name="resource">What.</param>
    /// <param name="ns">Where; null: everywhere.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<KubernetesObject>> ReadAllAsync(
        IKubernetesClient client, KubernetesIdentity identity, GroupVersionResource resource, string? ns, ListOptions options, CancellationToken cancellationToken) =>
        (await ReadAsync(client, identity, resource, ns, options, static (_, _, _) => Task.FromResult(false), cancellationToken)).Items;

    /// <param name="client">The cluster.</param>
    /// <param name="identity">As whom.</param>
    /// <param name="resource">What.</param>
    /// <param name="ns">Where; null: everywhere.</param>
    /// <param name="options">How.</param>
    /// <param name="take">Is given each page while the next one is on its way; what it takes is not returned.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal static async Task<(List<KubernetesObject> Items, string ResourceVersion)> ReadAsync(
        IKubernetesClient client,
        KubernetesIdentity identity,
        GroupVersionResource resource,
        string? ns,
        ListOptions options,
        Func<IReadOnlyList<KubernetesObject>, bool, CancellationToken, Task<bool>> take,
        CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                // A list that outlives its continue token twice will do so again: then all at once.
                return await ReadPagesAsync(client, identity, resource, ns, attempt < 2 ? options : options with { Limit = 0 }, take, cancellationToken);
            }
            catch (KubernetesException e) when (e.Failure == KubernetesFailure.Expired && attempt < 2)
            {
                // The pages already read belong to a state that the server has forgotten; they must not be mixed with newer ones.
            }
        }
    }

    private static async Task<(List<KubernetesObject> Items, string ResourceVersion)> ReadPagesAsync(
        IKubernetesClient client,
        KubernetesIdentity identity,
        GroupVersionResource resource,
        string? ns,
        ListOptions options,
        Func<IReadOnlyList<KubernetesObject>, bool, CancellationToken, Task<bool>> take,
        CancellationToken cancellationToken)
    {
        var items = new List<KubernetesObject>();
        var page = await client.ListAsync(identity, resource, ns, options, cancellationToken);
        for (var isFirst = true; ; isFirst = false)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var next = page.Continue is { } token ? client.ListAsync(identity, resource, ns, options with { Continue = token }, stop.Token) : null;
            try
            {
                if (!await take(page.Items, isFirst, cancellationToken))
                {
                    items.AddRange(page.Items);
                }
            }
            catch when (next is not null)
            {
                await stop.CancelAsync();
                await next.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                throw;
            }

            if (next is null)
            {
                return (items, page.ResourceVersion);
            }

            page = await next;
        }
    }
}
