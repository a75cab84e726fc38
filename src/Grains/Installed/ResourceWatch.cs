using Microsoft.Extensions.Logging;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>
/// The one watch on an object of a package, shared by all who look at it. A kind that the cluster does not know yet is
/// looked for again; an object that does not exist yet is reported once it does.
/// </summary>
internal sealed partial class ResourceWatch : IReflectorSink, IAsyncDisposable
{
    private readonly IKubernetesClient _client;
    private readonly ResourceRef _resource;
    private readonly Action<ResourceState> _changed;
    private readonly GrainServices _services;
    private readonly TurnSink _sink;
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public ResourceWatch(IKubernetesClient client, ResourceRef resource, Action<ResourceState> changed, GrainServices services)
    {
        (_client, _resource, _changed, _services) = (client, resource, changed, services);
        _sink = new TurnSink(TaskScheduler.Current, this);
    }

    /// <summary>How many look at it.</summary>
    public int Users { get; set; }

    /// <summary>What was last seen, or null while nothing is known.</summary>
    public ResourceState? Last { get; private set; }

    public ResourceWatch Start()
    {
        GrainTelemetry.Watched(1);
        _loop = Task.Factory.StartNew(RunAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
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

    private async Task RunAsync()
    {
        var cancellationToken = _stop.Token;
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                if (await FindAsync(cancellationToken) is { } kind)
                {
                    var options = new ReflectorOptions { FieldSelector = $"metadata.name={_resource.Name}" };
                    await Reflection.RunAsync(_client, kind.Resource, kind.Namespaced ? _resource.Namespace : null, options, _sink, _services, cancellationToken);
                }

                await Task.Delay(Backoff.Delay(attempt, _services.Options.RetryDelay, _services.Options.MaxRetryDelay), _services.Time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Disposed.
        }
        catch (Exception e)
        {
            LogLoopEnded(_services.Logger, e, _resource.ApiVersion, _resource.Kind);
        }
    }

    private async Task<ApiResource?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _client.Discovery.FindKindAsync(_resource.ApiVersion, _resource.Kind, cancellationToken);
        }
        catch (KubernetesException e)
        {
            LogDiscoveryFailed(_services.Logger, _resource.ApiVersion, _resource.Kind, e.Message);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The watch of a {ApiVersion} {Kind} ended unexpectedly.")]
    private static partial void LogLoopEnded(ILogger logger, Exception exception, string apiVersion, string kind);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not find out how {ApiVersion} {Kind} is served, trying again: {Reason}")]
    private static partial void LogDiscoveryFailed(ILogger logger, string apiVersion, string kind, string reason);
}
