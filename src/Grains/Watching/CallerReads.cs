using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>Reads with the caller's token what the service may not watch. Nothing of it is kept.</summary>
internal static class CallerReads
{
    private const int PageSize = 500;

    /// <summary>All objects of a kind.</summary>
    /// <exception cref="PackageException">The caller may not, or the cluster serves no such kind.</exception>
    public static Task<IReadOnlyList<KubernetesObject>> ListAsync(
        IKubernetesClient client, Caller caller, WatchedKind kind, string? ns, ObjectSelector? selector, CancellationToken cancellationToken) =>
        KubernetesGuard.RunAsync($"list {kind.GroupResource} with your rights, for Wego has none there", async () =>
        {
            var found = await client.Discovery.For(caller.Identity).FindResourceAsync(kind.Group, kind.Resource, kind.Versions, cancellationToken)
                ?? throw KindWatch.NotServed(client, kind);
            var options = new ListOptions(PageSize, null, selector?.LabelSelector ?? kind.LabelSelector, selector?.FieldSelector ?? kind.FieldSelector);
            return await ListPager.ReadAllAsync(client, caller.Identity, found.Resource, ns, options, cancellationToken);
        });
}
