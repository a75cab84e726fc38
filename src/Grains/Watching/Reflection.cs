using Wego.Kubernetes;

namespace Wego.Grains;

/// <summary>Reflects one version of a kind, with the service's identity, for as long as the cluster serves it.</summary>
internal sealed class Reflection(IReflectorSink sink, CancellationTokenSource gone) : IReflectorSink
{
    /// <summary>Returns once the cluster no longer serves this version of the kind: then it is time to look for another.</summary>
    public static async Task RunAsync(
        IKubernetesClient client,
        GroupVersionResource resource,
        string? ns,
        ReflectorOptions options,
        IReflectorSink sink,
        GrainServices services,
        CancellationToken cancellationToken)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await new Reflector(client, KubernetesIdentity.Service, resource, ns, options, new Reflection(sink, gone), services.Time, services.Logger).RunAsync(gone.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            client.Discovery.Invalidate();
        }
    }

    public ValueTask<bool> TakePageAsync(IReadOnlyList<KubernetesObject> items, bool isFirst, CancellationToken cancellationToken) =>
        sink.TakePageAsync(items, isFirst, cancellationToken);

    public ValueTask ReplaceAsync(IReadOnlyList<KubernetesObject> items, CancellationToken cancellationToken) => sink.ReplaceAsync(items, cancellationToken);

    public ValueTask ApplyAsync(WatchEvent change, CancellationToken cancellationToken) => sink.ApplyAsync(change, cancellationToken);

    public async ValueTask StaleAsync(DateTimeOffset since, KubernetesException reason, CancellationToken cancellationToken)
    {
        await sink.StaleAsync(since, reason, cancellationToken);
        if (reason.Failure == KubernetesFailure.NotFound)
        {
            await gone.CancelAsync();
        }
    }

    public ValueTask CurrentAsync(CancellationToken cancellationToken) => sink.CurrentAsync(cancellationToken);
}
