using Wego.Kubernetes;

namespace Wego.Grains;

/// <summary>Delivers what a reflector sees as turns of the grain that owns it, so that grain state needs no locks.</summary>
internal sealed class TurnSink(TaskScheduler turns, IReflectorSink grain) : IReflectorSink
{
    // No turn: translating a page takes long, and touches nothing that a turn may read before the list is complete.
    public ValueTask<bool> TakePageAsync(IReadOnlyList<KubernetesObject> items, bool isFirst, CancellationToken cancellationToken) =>
        grain.TakePageAsync(items, isFirst, cancellationToken);

    public ValueTask ReplaceAsync(IReadOnlyList<KubernetesObject> items, CancellationToken cancellationToken) =>
        TurnAsync(() => grain.ReplaceAsync(items, cancellationToken), cancellationToken);

    public ValueTask ApplyAsync(WatchEvent change, CancellationToken cancellationToken) =>
        TurnAsync(() => grain.ApplyAsync(change, cancellationToken), cancellationToken);

    public ValueTask StaleAsync(DateTimeOffset since, KubernetesException reason, CancellationToken cancellationToken) =>
        TurnAsync(() => grain.StaleAsync(since, reason, cancellationToken), cancellationToken);

    public ValueTask CurrentAsync(CancellationToken cancellationToken) =>
        TurnAsync(() => grain.CurrentAsync(cancellationToken), cancellationToken);

    private ValueTask TurnAsync(Func<ValueTask> turn, CancellationToken cancellationToken) =>
        new(Task.Factory.StartNew(() => turn().AsTask(), cancellationToken, TaskCreationOptions.DenyChildAttach, turns).Unwrap());
}
