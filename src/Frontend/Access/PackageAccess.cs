using System.Collections.Immutable;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Frontend;

/// <summary>
/// Who may see what. Every read that is answered from memory passes here first: the API server decides, the reviewer
/// remembers its answer for seconds. A refusal does not tell whether the object exists.
/// </summary>
internal sealed class PackageAccess(IAccessReviewer reviewer, IKubernetesClients clusters)
{
    /// <summary>Requires that a plugin serves installed packages on a cluster.</summary>
    public void RequirePackagesOn(RegisteredPlugin plugin, string cluster) =>
        References.RequireCluster(plugin, plugin.RequirePackages().DefaultClusterOnly, cluster, clusters.DefaultClusterName, "context.cluster");

    /// <summary>Requires that a plugin serves repositories on a cluster.</summary>
    public void RequireRepositoriesOn(RegisteredPlugin plugin, string cluster) =>
        References.RequireCluster(plugin, plugin.RequireRepositories().DefaultClusterOnly, cluster, clusters.DefaultClusterName, "context.cluster");

    /// <summary>Whether the caller may.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="verb">The verb, for example <c>get</c>.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="ns">The namespace; empty: all.</param>
    /// <param name="name">The object; empty: all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<bool> IsAllowedAsync(Caller caller, string cluster, string verb, WatchedKind kind, string ns, string name, CancellationToken cancellationToken)
    {
        var attributes = new ResourceAttributes(verb, kind.Group, kind.Resource, ns, name);
        var decision = await reviewer.ReviewAsync(clusters.Get(cluster), caller.Identity, attributes, cancellationToken);
        return decision.Allowed;
    }

    /// <inheritdoc cref="IsAllowedAsync"/>
    /// <exception cref="PackageException">The caller may not.</exception>
    public async ValueTask RequireAsync(Caller caller, string cluster, string verb, WatchedKind kind, string ns, string name, CancellationToken cancellationToken)
    {
        if (!await IsAllowedAsync(caller, cluster, verb, kind, ns, name, cancellationToken))
        {
            var where = ns.Length == 0 ? "in all namespaces" : $"in namespace '{ns}'";
            throw new PackageException(PackageErrorCode.PermissionDenied, $"You may not {verb} {kind.GroupResource} {where} of cluster '{cluster}'.");
        }
    }

    /// <summary>Requires that the caller may see the packages of a repository.</summary>
    /// <exception cref="PackageException">The caller may not, whether it exists or not.</exception>
    public async ValueTask RequireCatalogueAsync(Caller caller, IRepositoryFormat format, RepositoryRef repository, CancellationToken cancellationToken)
    {
        var rule = format.CatalogueAccess;
        var name = rule.Kind == format.RepositoryKind ? repository.Name : "";
        if (rule.GlobalIsOpen && repository.Namespace == format.GlobalNamespace)
        {
            await AuthenticateAsync(caller, repository.Cluster, rule, repository.Namespace, cancellationToken);
            return;
        }

        await RequireAsync(caller, repository.Cluster, rule.Verb, rule.Kind, repository.Namespace, name, cancellationToken);
    }

    /// <summary>The namespaces, out of those given, whose repositories' packages the caller may see; null: all.</summary>
    public async Task<ImmutableHashSet<string>?> CatalogueNamespacesAsync(
        Caller caller, IRepositoryFormat format, string cluster, IEnumerable<string> namespaces, CancellationToken cancellationToken)
    {
        var rule = format.CatalogueAccess;
        var open = rule.GlobalIsOpen ? format.GlobalNamespace : null;
        var candidates = namespaces.ToArray();
        if (open is not null && candidates.Contains(open, StringComparer.Ordinal))
        {
            await AuthenticateAsync(caller, cluster, rule, open, cancellationToken);
        }

        var allowed = await NamespacesAsync(caller, cluster, rule.Verb, rule.Kind, candidates.Where(n => n != open), cancellationToken);
        return open is null ? allowed : allowed?.Add(open);
    }

    // The answer does not matter: a token that the cluster does not know is refused in any case.
    private async ValueTask AuthenticateAsync(Caller caller, string cluster, CatalogueAccess rule, string ns, CancellationToken cancellationToken) =>
        await IsAllowedAsync(caller, cluster, rule.Verb, rule.Kind, ns, name: "", cancellationToken);

    /// <summary>The namespaces, out of those given, in which the caller may; null: in all of the cluster.</summary>
    public async Task<ImmutableHashSet<string>?> NamespacesAsync(Caller caller, string cluster, string verb, WatchedKind kind, IEnumerable<string> namespaces, CancellationToken cancellationToken)
    {
        if (await IsAllowedAsync(caller, cluster, verb, kind, ns: "", name: "", cancellationToken))
        {
            return null;
        }

        var candidates = namespaces.ToArray();
        var allowed = new bool[candidates.Length];
        await Parallel.ForAsync(0, candidates.Length, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (i, token) =>
            allowed[i] = await IsAllowedAsync(caller, cluster, verb, kind, candidates[i], name: "", token));
        return [.. candidates.Where((_, i) => allowed[i])];
    }
}
