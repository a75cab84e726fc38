namespace Wego.Kubernetes;

/// <summary>Receives what a <c>Reflector</c> sees, one call at a time.</summary>
public interface IReflectorSink
{
    /// <summary>The whole state after a list: what is not in it no longer exists. Called once per list, after its last page.</summary>
    ValueTask ReplaceAsync(IReadOnlyList<KubernetesObject> items, CancellationToken cancellationToken);

    /// <summary>One change. Never a bookmark.</summary>
    ValueTask ApplyAsync(WatchEvent change, CancellationToken cancellationToken);

    /// <summary>The state can no longer be kept current, since <paramref name="since"/>; what was delivered stays valid as of then.</summary>
    ValueTask StaleAsync(DateTimeOffset since, KubernetesException reason, CancellationToken cancellationToken);

    /// <summary>The state is current again.</summary>
    ValueTask CurrentAsync(CancellationToken cancellationToken);
}
