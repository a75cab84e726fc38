using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Orleans.Runtime;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>The watches on the objects of one package: one per object however many look, kept a little while after the last one left.</summary>
internal sealed class ResourceWatches(IGrainBase grain, IKubernetesClient client, GrainServices services) : IAsyncDisposable
{
    private readonly Dictionary<ResourceRef, ResourceWatch> _watches = [];
    private readonly ChangeFeed<ResourceRef, ResourceState> _changes = new();

    /// <summary>The state of these objects as soon as it is known, then every change.</summary>
    public async IAsyncEnumerable<ResourceState> WatchAsync(ImmutableArray<ResourceRef> resources, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var wanted = resources.ToHashSet();
        if (wanted.Count > services.Options.MaxWatchedResources)
        {
            throw new PackageException(
                PackageErrorCode.ResourceExhausted,
                $"resource_refs: {wanted.Count} objects are too many to watch at once; at most {services.Options.MaxWatchedResources}.");
        }

        using var changes = _changes.Subscribe();
        foreach (var resource in wanted)
        {
            if (Acquire(resource).Last is { } known)
            {
                changes.Post(resource, known);
            }
        }

        try
        {
            while (true)
            {
                var change = await changes.ReadAsync(cancellationToken);
                if (wanted.Contains(change.Resource))
                {
                    yield return change;
                }
            }
        }
        finally
        {
            foreach (var resource in wanted)
            {
                Release(resource);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var watch in _watches.Values)
        {
            await watch.DisposeAsync();
        }

        _watches.Clear();
    }

    private ResourceWatch Acquire(ResourceRef resource)
    {
        if (!_watches.TryGetValue(resource, out var watch))
        {
            _watches[resource] = watch = new ResourceWatch(client, resource, state => _changes.Publish(state.Resource, state), services).Start();
        }

        watch.Users++;
        return watch;
    }

    private void Release(ResourceRef resource)
    {
        if (_watches.TryGetValue(resource, out var watch) && --watch.Users == 0)
        {
            IGrainTimer? timer = null;
            timer = grain.RegisterGrainTimer(
                async _ =>
                {
                    timer!.Dispose();
                    if (watch.Users == 0 && _watches.TryGetValue(resource, out var current) && current == watch)
                    {
                        _watches.Remove(resource);
                        await watch.DisposeAsync();
                    }
                },
                new GrainTimerCreationOptions { DueTime = services.Options.ResourceWatchLinger, Period = Timeout.InfiniteTimeSpan, Interleave = true });
        }
    }
}
