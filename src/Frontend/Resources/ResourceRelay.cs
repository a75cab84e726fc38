using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Frontend;

/// <summary>
/// Joins the shared states of a package's objects with watches of the caller's own on those that the service may not see
/// (announced by an empty manifest), for installations that give the service few rights.
/// </summary>
internal sealed partial class ResourceRelay(TimeProvider time, ILogger<ResourceRelay> logger)
{
    public async IAsyncEnumerable<ResourceState> MergeAsync(
        IKubernetesClient client, IAsyncEnumerable<ResourceState> shared, Caller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var merged = new LatestBuffer<ResourceRef, ResourceState>();
        var pump = PumpAsync(client, shared, caller, merged, ended.Token);
        try
        {
            await foreach (var state in merged.ReadAllAsync(cancellationToken))
            {
                yield return state;
            }
        }
        finally
        {
            await ended.CancelAsync();
            await pump;
        }
    }

    private async Task PumpAsync(
        IKubernetesClient client, IAsyncEnumerable<ResourceState> shared, Caller caller, LatestBuffer<ResourceRef, ResourceState> merged, CancellationToken cancellationToken)
    {
        var own = new List<Task>();
        Exception? failure = null;
        try
        {
            await foreach (var state in shared.WithCancellation(cancellationToken))
            {
                if (state.Manifest.Length > 0)
                {
                    merged.Post(state.Resource, state);
                }
                else if (await client.Discovery.For(caller.Identity).FindKindAsync(state.Resource.ApiVersion, state.Resource.Kind, cancellationToken) is { } kind)
                {
                    var options = new ReflectorOptions { FieldSelector = $"metadata.name={state.Resource.Name}" };
                    own.Add(new Reflector(client, caller.Identity, kind.Resource, kind.Namespaced ? state.Resource.Namespace : null, options, new RelaySink(state.Resource, merged), time, logger)
                        .RunAsync(cancellationToken));
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The reader has left.
        }
        catch (Exception e)
        {
            failure = e;
        }

        merged.Complete(failure);
        await Task.WhenAll(own).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
