using Wego.Kubernetes;

namespace Wego.Grains;

/// <summary>What a <see cref="WatchLoop"/> watches.</summary>
/// <param name="What">For messages; names no object.</param>
/// <param name="FindAsync">Finds out how the cluster serves it; null where it does not.</param>
/// <param name="NamespaceOf">The namespace to watch in; null for all.</param>
/// <param name="Options">What to select.</param>
/// <param name="NotServed">A turn of the grain, taken where the cluster does not serve it; null for none.</param>
internal sealed record WatchTarget(
    string What,
    Func<IApiDiscovery, CancellationToken, ValueTask<ApiResource?>> FindAsync,
    Func<ApiResource, string?> NamespaceOf,
    ReflectorOptions Options,
    Action? NotServed);
