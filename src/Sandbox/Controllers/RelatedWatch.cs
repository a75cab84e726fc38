using Microsoft.Extensions.Logging;
using Wego.Kubernetes;

namespace Wego.Sandbox.Controllers;

/// <summary>Watches a kind that objects of another kind depend on, and has those reconciled that do.</summary>
internal sealed class RelatedWatch : IReflectorSink, IAsyncDisposable
{
    private readonly IKubernetesClient _client;
    private readonly Controller _controller;
    private readonly GroupVersionResource _dependents;
    private readonly Func<KubernetesObject, KubernetesObject, bool> _depends;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watch;

    /// <param name="client">The cluster.</param>
    /// <param name="resource">The kind to watch.</param>
    /// <param name="controller">Reconciles the dependents.</param>
    /// <param name="dependents">Their kind.</param>
    /// <param name="depends">Whether the dependent, second, depends on the object, first.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where failures go.</param>
    public RelatedWatch(
        IKubernetesClient client,
        GroupVersionResource resource,
        Controller controller,
        GroupVersionResource dependents,
        Func<KubernetesObject, KubernetesObject, bool> depends,
        TimeProvider time,
        ILogger logger)
    {
        (_client, _controller, _dependents, _depends) = (client, controller, dependents, depends);
        _watch = new Reflector(client, KubernetesIdentity.Service, resource, ns: null, new ReflectorOptions(), this, time, logger).RunAsync(_stop.Token);
    }

    // Whatever was missed meanwhile: every dependent looks again.
    public ValueTask ReplaceAsync(IReadOnlyList<KubernetesObject> items, CancellationToken cancellationToken) => EnqueueAsync(_ => items.Count > 0, cancellationToken);

    public ValueTask ApplyAsync(WatchEvent change, CancellationToken cancellationToken) => EnqueueAsync(d => _depends(change.Object, d), cancellationToken);

    public ValueTask StaleAsync(DateTimeOffset since, KubernetesException reason, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask CurrentAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async ValueTask EnqueueAsync(Func<KubernetesObject, bool> wanted, CancellationToken cancellationToken)
    {
        var present = await _client.ListAsync(KubernetesIdentity.Service, _dependents, ns: null, new ListOptions(), cancellationToken);
        foreach (var dependent in present.Items.Where(wanted))
        {
            _controller.Enqueue(dependent.Namespace, dependent.Name);
        }
    }
}
