using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>Keeps one watch on a kind, in the first of its versions that the cluster serves, and waits for it where it is not installed yet.</summary>
internal sealed class KindWatch : IAsyncDisposable
{
    private readonly WatchLoop _loop;

    public KindWatch(IKubernetesClient client, WatchedKind kind, string? ns, ObjectSelector? selector, WatchState state, IReflectorSink sink, GrainServices services)
    {
        var options = new ReflectorOptions
        {
            // Secrets are read while they arrive; of other kinds a page is held, and one of Carvel's packages has megabytes.
            PageSize = kind is { Group: "", Resource: "secrets" } ? 500 : 100,
            LabelSelector = selector?.LabelSelector ?? kind.LabelSelector,
            FieldSelector = selector?.FieldSelector ?? kind.FieldSelector,
        };
        var target = new WatchTarget(
            kind.GroupResource,
            (discovery, cancellationToken) => discovery.FindResourceAsync(kind.Group, kind.Resource, kind.Versions, cancellationToken),
            _ => ns,
            options,
            () => state.Fail(NotServed(client, kind)));
        _loop = new WatchLoop(client, target, sink, services);
    }

    /// <summary>What it means that a cluster does not serve a kind.</summary>
    public static PackageException NotServed(IKubernetesClient client, WatchedKind kind) => new(
        PackageErrorCode.FailedPrecondition,
        $"Cluster '{client.ClusterName}' serves no {kind.GroupResource} in any version Wego reads ({string.Join(", ", kind.Versions)}): install what brings it.");

    /// <summary>Starts watching. Call it from a turn of the grain that owns it.</summary>
    public KindWatch Start()
    {
        _loop.Start();
        return this;
    }

    public ValueTask DisposeAsync() => _loop.DisposeAsync();
}
