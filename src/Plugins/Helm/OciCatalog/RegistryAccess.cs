using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Helm;

/// <summary>
/// Decides which registries Wego asks for a caller. Any other would let callers use Wego as a way into networks that they cannot
/// reach themselves.
/// </summary>
/// <param name="clusters">Where the callers' repositories are.</param>
/// <param name="reviewer">Knows what callers may see.</param>
/// <param name="helm">Which namespace serves all.</param>
/// <param name="options">What is allowed beside.</param>
internal sealed class RegistryAccess(IKubernetesClients clusters, IAccessReviewer reviewer, IOptions<HelmOptions> helm, IOptions<OciCatalogOptions> options)
{
    private const int PageSize = 500;

    /// <summary>How to reach a registry: as an <c>AppRepository</c> that the caller can see does, with what its Secrets hold if the caller may read them.</summary>
    /// <param name="registry">The registry, see <see cref="RegistryHost"/>.</param>
    /// <param name="path">What is wanted of it; of several repositories the one that is nearest counts.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PackageException">
    /// <see cref="PackageErrorCode.PermissionDenied"/>: no repository of the caller and no setting names the registry.
    /// </exception>
    /// <exception cref="ChartException">What a Secret holds cannot be used.</exception>
    public async Task<ChartConnection> ConnectAsync(string registry, string path, Caller caller, CancellationToken cancellationToken)
    {
        var call = new PluginCall(clusters.Get(clusters.DefaultClusterName), caller.Identity);
        // Asked even where the settings allow the registry: that is what proves the token.
        _ = await MaySeeAsync(helm.Value.GlobalNamespace, call, cancellationToken);
        var named = (await ListAsync(call, cancellationToken))
            .Where(r => AppRepositories.TypeOf(r) == AppRepositories.OciType && RegistryHost.Of(AppRepositoryUrl.Read(r).Url) == registry)
            .OrderByDescending(r => Shared(PathOf(r), path));
        foreach (var repository in named)
        {
            if (await MaySeeAsync(repository.Namespace ?? "", call, cancellationToken))
            {
                return await AppRepositoryConnection.ReadAsync(repository, call, cancellationToken);
            }
        }

        return options.Value.AllowedRegistries.Any(allowed => RegistryHost.TryParse(allowed, out var host) && host == registry)
            ? ChartConnection.Anonymous
            : throw new PackageException(
                PackageErrorCode.PermissionDenied,
                $"registry: no AppRepository of type oci that you may get is in the registry {registry}. Add one, or have {registry} added to {OciCatalogOptions.Section}:{nameof(OciCatalogOptions.AllowedRegistries)}.");
    }

    private static string PathOf(KubernetesObject repository) =>
        Uri.TryCreate(AppRepositoryUrl.Read(repository).Url, UriKind.Absolute, out var url) ? url.AbsolutePath.Trim('/') : "";

    // How many folders two paths have in common.
    private static int Shared(string left, string right) =>
        left.Split('/').Zip(right.Split('/')).TakeWhile(pair => pair.First == pair.Second).Count();

    private async Task<bool> MaySeeAsync(string ns, PluginCall call, CancellationToken cancellationToken)
    {
        try
        {
            var attributes = new ResourceAttributes("get", AppRepositories.Resource.Group, AppRepositories.Resource.Resource, ns);
            return (await reviewer.ReviewAsync(call.Client, call.Identity, attributes, cancellationToken)).Allowed;
        }
        catch (KubernetesException e)
        {
            throw KubernetesErrors.Translate(e, $"find out whether you may get AppRepositories in {ns}");
        }
    }

    // With Wego's own rights, since callers of one namespace may not list all; what they may not get is left out above.
    private static async Task<List<KubernetesObject>> ListAsync(PluginCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await ListAsync(call.Client, KubernetesIdentity.Service, cancellationToken);
        }
        catch (KubernetesException e) when (e.Failure == KubernetesFailure.NotFound)
        {
            return [];
        }
        catch (KubernetesException e)
        {
            throw KubernetesErrors.TranslateOwn(e, "list AppRepositories");
        }
    }

    private static async Task<List<KubernetesObject>> ListAsync(IKubernetesClient client, KubernetesIdentity identity, CancellationToken cancellationToken)
    {
        var all = new List<KubernetesObject>();
        string? next = null;
        do
        {
            var page = await client.ListAsync(identity, AppRepositories.Resource, null, new ListOptions(PageSize, next), cancellationToken);
            all.AddRange(page.Items);
            next = page.Continue;
        }
        while (!string.IsNullOrEmpty(next));
        return all;
    }
}
