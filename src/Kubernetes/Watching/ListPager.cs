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
    /// <param name="take">Is given the items in parts of pages, the first time with true, while the next page is on its way; what it takes is not returned.</param>
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
        var isFirst = true;
        Task<KubernetesList>? next = null;
        var taken = NewSignal();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        Task<KubernetesList> AskAsync(string? token, Task before) => client.ListInPartsAsync(
            identity,
            resource,
            ns,
            options with { Continue = token },
            async (part, stopping) =>
            {
                // All of one page comes before anything of the next.
                await before.WaitAsync(stopping);
                if (part.Continue is { } following)
                {
                    next ??= AskAsync(following, taken.Task);
                }

                if (!await take(part.Items, isFirst, stopping))
                {
                    items.AddRange(part.Items);
                }

                isFirst = false;
            },
            stop.Token);

        var reading = AskAsync(options.Continue, Task.CompletedTask);
        try
        {
            while (true)
            {
                var page = await reading;
                if (page.Continue is not { } following)
                {
                    return (items, page.ResourceVersion);
                }

                // A part that came before the token could not tell it.
                (reading, next) = (next ?? AskAsync(following, taken.Task), null);
                var before = taken;
                taken = NewSignal();
                before.SetResult();
            }
        }
        catch when (next is not null)
        {
            await stop.CancelAsync();
            await next.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
