using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Orleans;
using Wego.Grains;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Frontend;

/// <summary>
/// Reads and watches the objects of an installed package for one caller. A snapshot is read with the caller's token; a
/// watch is shared by all callers through the package's grain, and each state is released only to those who may see it.
/// </summary>
internal sealed class ResourceReader(IKubernetesClients clusters, IAccessReviewer reviewer, IGrainFactory grains, ResourceRelay relay)
{
    /// <summary>Reads each object once, in the order asked for; what is missing or not the caller's to see is left out.</summary>
    public async IAsyncEnumerable<ResourceState> ReadAsync(
        string cluster, ImmutableArray<ResourceRef> wanted, Caller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var client = clusters.Get(cluster);
        foreach (var chunk in wanted.Chunk(8))
        {
            foreach (var state in await Task.WhenAll(chunk.Select(r => ReadAsync(client, r, caller, cancellationToken))))
            {
                if (state is not null)
                {
                    yield return state;
                }
            }
        }
    }

    /// <summary>Sends each object once it is known, then every change.</summary>
    public async IAsyncEnumerable<ResourceState> WatchAsync(
        InstalledPackageRef package, ImmutableArray<ResourceRef> wanted, Caller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var client = clusters.Get(package.Cluster);
        var shared = grains.GetInstalledPackage(package).WatchResourcesAsync(wanted, cancellationToken);
        await foreach (var state in relay.MergeAsync(client, shared, caller, cancellationToken))
        {
            if (await MaySeeAsync(client, state.Resource, caller, cancellationToken))
            {
                yield return state;
            }
        }
    }

    private static async Task<ResourceState?> ReadAsync(IKubernetesClient client, ResourceRef resource, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Discovery.For(caller.Identity).FindKindAsync(resource.ApiVersion, resource.Kind, cancellationToken) is { } kind
                ? new ResourceState(
                    resource,
                    (await client.GetAsync(caller.Identity, kind.Resource, kind.Namespaced ? resource.Namespace : null, resource.Name, cancellationToken)).ToString(),
                    Deleted: false)
                : null;
        }
        catch (KubernetesException e) when (e.Failure is KubernetesFailure.NotFound or KubernetesFailure.Forbidden)
        {
            return null;
        }
    }

    private async ValueTask<bool> MaySeeAsync(IKubernetesClient client, ResourceRef resource, Caller caller, CancellationToken cancellationToken)
    {
        if (await client.Discovery.For(caller.Identity).FindKindAsync(resource.ApiVersion, resource.Kind, cancellationToken) is not { } kind)
        {
            return false;
        }

        var attributes = new ResourceAttributes("get", kind.Resource.Group, kind.Resource.Resource, kind.Namespaced ? resource.Namespace : "", resource.Name);
        return (await reviewer.ReviewAsync(client, caller.Identity, attributes, cancellationToken)).Allowed;
    }
}
