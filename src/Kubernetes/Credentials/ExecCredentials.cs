namespace Wego.Kubernetes;

/// <summary>Credentials printed by a plugin, kept until they expire or are refused.</summary>
internal sealed class ExecCredentials(ExecPlugin plugin, TimeProvider time) : IServiceCredentials, IDisposable
{
    // A credential is renewed before its end, so that a request on its way does not outlive it.
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(10);

    // A plugin whose credentials are refused again and again must not run once per request.
    private static readonly TimeSpan RefusedGap = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _running = new(1, 1);
    private volatile ExecResult? _current;

    public async ValueTask<ServiceCredential> GetAsync(CancellationToken cancellationToken)
    {
        var current = _current;
        if (current is null || HasExpired(current))
        {
            current = await RunAsync(current, cancellationToken);
        }

        return current.Credential;
    }

    public async ValueTask<bool> RefreshAsync(ServiceCredential refused, CancellationToken cancellationToken)
    {
        var current = _current;
        if (current is null || ReferenceEquals(current.Credential, refused))
        {
            if (current is not null && time.GetUtcNow() - current.ObtainedAt < RefusedGap)
            {
                return false;
            }

            await RunAsync(current, cancellationToken);
        }

        return true;
    }

    public void Dispose() => _running.Dispose();

    private bool HasExpired(ExecResult result) => result.ExpiresAt is { } end && time.GetUtcNow() >= end - Leeway;

    private async Task<ExecResult> RunAsync(ExecResult? seen, CancellationToken cancellationToken)
    {
        await _running.WaitAsync(cancellationToken);
        try
        {
            return _current is { } newer && !ReferenceEquals(newer, seen) ? newer : _current = await plugin.RunAsync(cancellationToken);
        }
        finally
        {
            _running.Release();
        }
    }
}
