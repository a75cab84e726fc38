using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Frontend;

/// <summary>Passes on what a watch of the caller's own sees; what the caller may not see stays out.</summary>
internal sealed class RelaySink(ResourceRef resource, LatestBuffer<ResourceRef, ResourceState> merged) : IReflectorSink
{
    public ValueTask ReplaceAsync(IReadOnlyList<KubernetesObject> items, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            Post(item, deleted: false);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ApplyAsync(WatchEvent change, CancellationToken cancellationToken)
    {
        Post(change.Object, change.Type == WatchEventType.Deleted);
        return ValueTask.CompletedTask;
    }

    public ValueTask StaleAsync(DateTimeOffset since, KubernetesException reason, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask CurrentAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private void Post(KubernetesObject obj, bool deleted) => merged.Post(resource, new ResourceState(resource, obj.ToString(), deleted));
}
