using Wego.Kubernetes;

namespace Wego.Resources.Tests;

/// <summary>Asks the cluster each time, and knows how many questions were under way at once.</summary>
internal sealed class UncachedReviewer : IAccessReviewer
{
    private readonly Lock _gate = new();
    private int _now;

    public int Most { get; private set; }

    public async Task<AccessDecision> ReviewAsync(IKubernetesClient client, KubernetesIdentity identity, ResourceAttributes attributes, CancellationToken cancellationToken)
    {
        var now = Interlocked.Increment(ref _now);
        lock (_gate)
        {
            Most = Math.Max(Most, now);
        }

        try
        {
            await Task.Yield();
            return await client.ReviewAccessAsync(identity, attributes, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _now);
        }
    }
}
