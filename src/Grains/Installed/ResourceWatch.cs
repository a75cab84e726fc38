using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>
/// The one watch on an object of a package, shared by all who look at it. A kind that the cluster does not know yet is
/// looked for again; an object that does not exist yet is reported once it does.
/// </summary>
internal sealed class ResourceWatch : IReflectorSink, IAsyncDisposable
{
    private readonly ResourceRef _resource;
    private readonly Action<ResourceState> _changed;
    private readonly WatchLoop _loop;

    public ResourceWatch(IKubernetesClient client, ResourceRef resource, Action<ResourceState> changed, GrainServices services)
    {
        (_resource, _changed) = (resource, changed);
        var target = new WatchTarget(
            $"a {resource.ApiVersion} {resource.Kind}",
            (discovery, cancellationToken) => discovery.FindKindAsync(resource.ApiVersion, resource.Kind, cancellationToken),
            kind => kind.Namespaced ? resource.Namespace : null,
            new ReflectorOptions { FieldSelector = $"metadata.name={resource.Name}" },
            NotServed: null);
        _loop = new WatchLoop(client, target, this, services);
    }

    /// <summary>How many look at it.</summary>
    public int Users { get; set; }

    /// <summary>What was last seen, or null while nothing is known.</summary>
    public ResourceState? Last { get; private set; }

    public ResourceWatch Start()
    {
        GrainTelemetry.Watched(1);
        _loop.Start();
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _loop.DisposeAsync();
        GrainTelemetry.Watched(-1);
    }

    ValueTask IReflectorSink.ReplaceAsync(IReadOnlyList<KubernetesObject> items, CancellationToken cancellationToken)
    {
        if (items.Count > 0)
        {
            Set(items[0], deleted: false);
        }
        else if (Last is { Deleted: false, Manifest.Length: > 0 } last)
        {
            Publish(last with { Deleted = true });
        }

        return ValueTask.CompletedTask;
    }

    ValueTask IReflectorSink.ApplyAsync(WatchEvent change, CancellationToken cancellationToken)
    {
        Set(change.Object, change.Type == WatchEventType.Deleted);
        return ValueTask.CompletedTask;
    }

    ValueTask IReflectorSink.StaleAsync(DateTimeOffset since, KubernetesException reason, CancellationToken cancellationToken)
    {
        if (reason.Failure is KubernetesFailure.Forbidden && Last is null)
        {
            // Not the service's to see: whoever looks has to watch with rights of their own.
            Publish(new ResourceState(_resource, Manifest: "", Deleted: false));
        }

        return ValueTask.CompletedTask;
    }

    ValueTask IReflectorSink.CurrentAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private void Set(KubernetesObject obj, bool deleted) => Publish(new ResourceState(_resource, obj.ToString(), deleted));

    private void Publish(ResourceState state)
    {
        if (state == Last)
        {
            return;
        }

        Last = state;
        _changed(state);
    }
}
