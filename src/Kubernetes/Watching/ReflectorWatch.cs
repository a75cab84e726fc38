namespace Wego.Kubernetes;

/// <summary>One watch of a reflector, from its opening to its end.</summary>
internal sealed class ReflectorWatch(
    IKubernetesClient client, KubernetesIdentity identity, GroupVersionResource resource, string? ns, ReflectorNotifier notifier)
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the API server accepted the watch.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Up to where the sink has seen everything.</summary>
    public string ResourceVersion { get; private set; } = "";

    /// <summary>Whether the watch was left because an event came from before the version it started at.</summary>
    public bool HasNewHistory { get; private set; }

    /// <summary>Delivers events until the API server ends the watch.</summary>
    public async Task RunAsync(WatchOptions options, CancellationToken cancellationToken)
    {
        ResourceVersion = options.ResourceVersion!;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var events = client.WatchAsync(identity, resource, ns, options with { Opened = () => _opened.TrySetResult() }, stop.Token).GetAsyncEnumerator(stop.Token);
        var next = events.MoveNextAsync().AsTask();
        try
        {
            // The sink hears that the state is current when the watch opens, not with its first event, which may be minutes away.
            await Task.WhenAny(next, _opened.Task);
            if (_opened.Task.IsCompleted)
            {
                await OpenAsync(cancellationToken);
            }

            while (await next)
            {
                await OpenAsync(cancellationToken);
                if (!await DeliverAsync(events.Current, cancellationToken))
                {
                    return;
                }

                next = events.MoveNextAsync().AsTask();
            }

            notifier.Heard();
        }
        finally
        {
            // An enumerator must not be disposed while it is moving, which it is where the sink failed above.
            await stop.CancelAsync();
            await next.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            await events.DisposeAsync();
        }
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (!IsOpen)
        {
            IsOpen = true;
            await notifier.CurrentAsync(cancellationToken);
        }
    }

    private async Task<bool> DeliverAsync(WatchEvent change, CancellationToken cancellationToken)
    {
        notifier.Heard();
        var version = change.Object.ResourceVersion;
        if (ResourceVersions.IsOlder(version, ResourceVersion))
        {
            HasNewHistory = true;
            return false;
        }

        if (change.Type != WatchEventType.Bookmark)
        {
            await notifier.ApplyAsync(change, cancellationToken);
        }

        ResourceVersion = version.Length > 0 ? version : ResourceVersion;
        return true;
    }
}
