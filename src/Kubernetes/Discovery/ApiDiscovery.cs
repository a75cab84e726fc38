using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Wego.Kubernetes;

/// <inheritdoc cref="IApiDiscovery"/>
internal sealed partial class ApiDiscovery(ApiTransport transport, bool hasServiceIdentity, TimeProvider time, ILogger<ApiDiscovery> logger) : IApiDiscovery, IDisposable
{
    /// <summary>Unknown kinds refresh at most so often.</summary>
    internal static readonly TimeSpan MinimumGap = TimeSpan.FromSeconds(10);

    /// <summary>Even where every kind asked for is known, new versions of them are to be noticed.</summary>
    internal static readonly TimeSpan MaximumAge = TimeSpan.FromMinutes(10);

    private const int Concurrency = 8;
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private volatile DiscoverySnapshot? _snapshot;

    public ValueTask<ApiResource?> FindKindAsync(string apiVersion, string kind, CancellationToken cancellationToken) =>
        FindKindAsync(KubernetesIdentity.Service, apiVersion, kind, cancellationToken);

    public ValueTask<ApiResource?> FindResourceAsync(string group, string resource, IReadOnlyList<string> versions, CancellationToken cancellationToken) =>
        FindResourceAsync(KubernetesIdentity.Service, group, resource, versions, cancellationToken);

    public ValueTask<ApiResource?> FindGroupKindAsync(string group, string kind, CancellationToken cancellationToken) =>
        FindGroupKindAsync(KubernetesIdentity.Service, group, kind, cancellationToken);

    public IApiDiscovery For(KubernetesIdentity identity) => hasServiceIdentity ? this : new CallersView(this, identity);

    private ValueTask<ApiResource?> FindKindAsync(KubernetesIdentity identity, string apiVersion, string kind, CancellationToken cancellationToken) =>
        FindAsync(identity, s => s.FindKind(apiVersion, kind), s => s.Failed.Contains(apiVersion) ? apiVersion : null, cancellationToken);

    private ValueTask<ApiResource?> FindGroupKindAsync(KubernetesIdentity identity, string group, string kind, CancellationToken cancellationToken) =>
        FindAsync(identity, s => s.FindGroupKind(group, kind), s => s.Failed.FirstOrDefault(f => f.StartsWith(group + "/", StringComparison.Ordinal)), cancellationToken);

    private ValueTask<ApiResource?> FindResourceAsync(
        KubernetesIdentity identity, string group, string resource, IReadOnlyList<string> versions, CancellationToken cancellationToken)
    {
        var candidates = versions.Select(v => new GroupVersionResource(group, v, resource)).ToArray();
        return FindAsync(
            identity,
            s => candidates.Select(s.FindResource).FirstOrDefault(r => r is not null),
            s => candidates.Select(c => c.ApiVersion).FirstOrDefault(s.Failed.Contains),
            cancellationToken);
    }

    public void Invalidate() => _snapshot = null;

    public void Dispose() => _refreshing.Dispose();

    private async ValueTask<ApiResource?> FindAsync(
        KubernetesIdentity identity, Func<DiscoverySnapshot, ApiResource?> find, Func<DiscoverySnapshot, string?> failed, CancellationToken cancellationToken)
    {
        var snapshot = _snapshot;
        var age = snapshot is null ? TimeSpan.MaxValue : time.GetUtcNow() - snapshot.ReadAt;
        var found = snapshot is null ? null : find(snapshot);
        if (found is not null && age < MaximumAge)
        {
            return found;
        }

        if (snapshot is null || age >= MinimumGap)
        {
            try
            {
                snapshot = await RefreshAsync(identity, snapshot, cancellationToken);
            }
            catch (KubernetesException) when (found is not null)
            {
                // Old knowledge serves until the API server is back.
                return found;
            }

            found = find(snapshot);
        }

        // "Not served" and "could not be asked" are different answers.
        return found is null && failed(snapshot) is { } apiVersion
            ? throw new KubernetesException(KubernetesFailure.Unavailable, $"The API server cannot say what {apiVersion} serves: the API service behind it does not answer.", 503)
            : found;
    }

    private async Task<DiscoverySnapshot> RefreshAsync(KubernetesIdentity identity, DiscoverySnapshot? seen, CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            // Whoever waited takes what the first one brought.
            return _snapshot is { } newer && !ReferenceEquals(newer, seen) ? newer : _snapshot = await ReadAsync(identity, seen, cancellationToken);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private async Task<DiscoverySnapshot> ReadAsync(KubernetesIdentity identity, DiscoverySnapshot? previous, CancellationToken cancellationToken)
    {
        var resources = new ConcurrentBag<ApiResource>();
        var failed = new ConcurrentBag<string>();
        var documents = await Task.WhenAll(GetAsync(identity, "/api", DiscoveryReader.Accept, cancellationToken), GetAsync(identity, "/apis", DiscoveryReader.Accept, cancellationToken));
        foreach (var document in documents.Where(d => d.Kind == "APIGroupDiscoveryList"))
        {
            var (served, stale) = DiscoveryReader.Aggregated(document);
            Add(resources, served);
            Add(failed, stale);
        }

        var versions = documents.Where(d => d.Kind != "APIGroupDiscoveryList").SelectMany(DiscoveryReader.Versions);
        await Parallel.ForEachAsync(versions, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken }, async (gv, token) =>
        {
            var apiVersion = gv.Group.Length == 0 ? gv.Version : $"{gv.Group}/{gv.Version}";
            try
            {
                var document = await GetAsync(identity, gv.Group.Length == 0 ? $"/api/{gv.Version}" : $"/apis/{apiVersion}", "application/json", token);
                Add(resources, DiscoveryReader.Classic(gv.Group, gv.Version, document));
            }
            catch (KubernetesException e) when (e.Failure != KubernetesFailure.Unauthorized)
            {
                failed.Add(apiVersion);
                GroupVersionFailed(logger, apiVersion, e.Failure);
            }
        });

        // What a broken API service served before, it will probably serve again.
        var missing = failed.ToImmutableHashSet(StringComparer.Ordinal);
        Add(resources, previous?.Resources.Where(r => missing.Contains(r.Resource.ApiVersion)) ?? []);
        return new DiscoverySnapshot([.. resources], missing, time.GetUtcNow());
    }

    private static void Add<T>(ConcurrentBag<T> bag, IEnumerable<T> items)
    {
        foreach (var item in items)
        {
            bag.Add(item);
        }
    }

    private Task<KubernetesObject> GetAsync(KubernetesIdentity identity, string path, string accept, CancellationToken cancellationToken)
    {
        var request = new ApiRequest("get", HttpMethod.Get, path, path) { Accept = accept, Resource = "discovery", IsRead = true };
        return transport.SendAsync(
            identity,
            request,
            async (response, token) =>
            {
                using var body = await transport.ReadBodyAsync(request, response, token);
                return ObjectReader.Read(request, body.Span);
            },
            cancellationToken);
    }

    [LoggerMessage(1, LogLevel.Warning, "Discovery of {ApiVersion} failed ({Failure}); its kinds are unknown until it answers")]
    private static partial void GroupVersionFailed(ILogger logger, string apiVersion, KubernetesFailure failure);

    /// <summary>What is known is shared: every authenticated user may read it. Only reading it anew takes the caller's token.</summary>
    private sealed class CallersView(ApiDiscovery shared, KubernetesIdentity caller) : IApiDiscovery
    {
        public ValueTask<ApiResource?> FindKindAsync(string apiVersion, string kind, CancellationToken cancellationToken) =>
            shared.FindKindAsync(caller, apiVersion, kind, cancellationToken);

        public ValueTask<ApiResource?> FindGroupKindAsync(string group, string kind, CancellationToken cancellationToken) =>
            shared.FindGroupKindAsync(caller, group, kind, cancellationToken);

        public ValueTask<ApiResource?> FindResourceAsync(string group, string resource, IReadOnlyList<string> versions, CancellationToken cancellationToken) =>
            shared.FindResourceAsync(caller, group, resource, versions, cancellationToken);

        public IApiDiscovery For(KubernetesIdentity identity) => shared.For(identity);

        public void Invalidate() => shared.Invalidate();
    }
}
