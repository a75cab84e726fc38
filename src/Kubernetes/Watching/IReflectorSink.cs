namespace Wego.Kubernetes;

/// <summary>Receives what a <c>Reflector</c> sees, one call at a time.</summary>
public interface IReflectorSink
{
    /// <summary>
    /// A part of a list, at most a page, as soon as it is here. A sink that keeps less than whole objects takes what it needs from it, beside
    /// the state it has; by default it waits for the whole list. What was taken of a list is void when another one begins.
    /// </summary>
    /// <param name="items">The objects.</param>
    /// <param name="isFirst">Whether a list begins with it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether they were taken: then they are let go, and not given to <see cref="ReplaceAsync"/> again.</returns>
    ValueTask<bool> TakePageAsync(IReadOnlyList<KubernetesObject> items, bool isFirst, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    /// <summary>The whole state after a list: what is not in it no longer exists. Called once per list, after its last page.</summary>
    ValueTask ReplaceAsync(IReadOnlyList<KubernetesObject> items, CancellationToken cancellationToken);

    /// <summary>One change. Never a bookmark.</summary>
    ValueTask ApplyAsync(WatchEvent change, CancellationToken cancellationToken);

    /// <summary>The state can no longer be kept current, since <paramref name="since"/>; what was delivered stays valid as of then.</summary>
    ValueTask StaleAsync(DateTimeOffset since, KubernetesException reason, CancellationToken cancellationToken);

    /// <summary>The state is current again.</summary>
    ValueTask CurrentAsync(CancellationToken cancellationToken);
}
