namespace Wego.Kubernetes;

/// <summary>Calls a reflector's sink, and knows whether the sink was told that its state is stale.</summary>
internal sealed class ReflectorNotifier(IReflectorSink sink, ReflectorLag lag, TimeProvider time)
{
    private DateTimeOffset _heardAt = time.GetUtcNow();
    private KubernetesFailure? _staleBecause;

    /// <summary>The API server gave a sign of life: the state is known to be current as of now.</summary>
    public void Heard()
    {
        _heardAt = time.GetUtcNow();
        lag.Heard();
    }

    public async Task<bool> TakePageAsync(IReadOnlyList<KubernetesObject> items, bool isFirst, CancellationToken cancellationToken)
    {
        var taken = false;
        await GuardAsync(async () => taken = await sink.TakePageAsync(items, isFirst, cancellationToken), cancellationToken);
        return taken;
    }

    public async Task ReplaceAsync(IReadOnlyList<KubernetesObject> items, CancellationToken cancellationToken)
    {
        await GuardAsync(() => sink.ReplaceAsync(items, cancellationToken), cancellationToken);
        await CurrentAsync(cancellationToken);
    }

    public Task ApplyAsync(WatchEvent change, CancellationToken cancellationToken) => GuardAsync(() => sink.ApplyAsync(change, cancellationToken), cancellationToken);

    /// <summary>Tells the sink once per reason. True where it had not been told yet.</summary>
    public async Task<bool> StaleAsync(KubernetesException reason, CancellationToken cancellationToken)
    {
        if (_staleBecause == reason.Failure)
        {
            return false;
        }

        _staleBecause = reason.Failure;
        await GuardAsync(() => sink.StaleAsync(_heardAt, reason, cancellationToken), cancellationToken);
        return true;
    }

    public async Task CurrentAsync(CancellationToken cancellationToken)
    {
        Heard();
        if (_staleBecause is not null)
        {
            await GuardAsync(() => sink.CurrentAsync(cancellationToken), cancellationToken);
            _staleBecause = null;
        }
    }

    private static async Task GuardAsync(Func<ValueTask> call, CancellationToken cancellationToken)
    {
        try
        {
            await call();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SinkFailedException(e);
        }
    }
}
