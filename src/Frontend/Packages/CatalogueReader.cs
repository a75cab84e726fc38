using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans;
using Wego.Grains;
using Wego.Plugins;

namespace Wego.Frontend;

/// <summary>
/// Searches the catalogues of one plugin: asks the directory which repositories there are, keeps those the caller may
/// read, and merges what their grains find. A repository that cannot answer is left out and named.
/// </summary>
internal sealed class CatalogueReader(IGrainFactory grains, PackageAccess access, IOptions<FrontendOptions> options, TimeProvider time)
{
    /// <summary>Sorts after every name that a catalogue can hold.</summary>
    private const string Last = "\uffff";

    /// <summary>Finds packages.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="ns">The namespace packages are wanted for; empty: any.</param>
    /// <param name="repositories">Only repositories of these names; empty: any.</param>
    /// <param name="query">What is wanted of each catalogue; its key and limit are set here.</param>
    /// <param name="after">The key to continue after, or null.</param>
    /// <param name="limit">The most packages to return; 0: all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<CataloguePart> SearchAsync(
        RegisteredPlugin plugin,
        Caller caller,
        string cluster,
        string ns,
        IReadOnlyCollection<string> repositories,
        CatalogueQuery query,
        SortKey? after,
        int limit,
        CancellationToken cancellationToken)
    {
        var format = plugin.RequireRepositories();
        var scope = format.ReadScope(cluster, ns);
        access.RequireRepositoriesOn(plugin, scope.Cluster);
        var page = await grains.GetDirectory(plugin.Id, scope.Cluster).ListRepositoriesAsync(scope.Namespaces, cancellationToken);
        var wanted = page.Repositories
            .Select(r => r.Summary.Ref)
            .Where(r => repositories.Count == 0 || repositories.Contains(r.Name))
            .ToArray();
        var allowed = await access.CatalogueNamespacesAsync(
            caller, format, scope.Cluster, wanted.Select(r => r.Namespace).Distinct(StringComparer.Ordinal), cancellationToken);
        var answers = await Task.WhenAll(wanted
            .Where(r => allowed is null || allowed.Contains(r.Namespace))
            .Select(r => AskAsync(r, For(r, format.Search, query) with { After = Continue(after, r), Limit = limit }, cancellationToken)));
        var slices = answers.Select(a => a.Slice).OfType<CatalogueSlice>().ToArray();
        if (slices.Length == 0 && answers.Length > 0 && Array.Find(answers, a => a.Error is not null).Error is { } error)
        {
            throw new PackageException(error.Code, error.Message, error);
        }

        var found = slices.SelectMany(s => s.Packages).OrderBy(p => p.SortKey).ToImmutableArray();
        var more = slices.Any(s => s.HasMore);
        if (limit > 0 && found.Length > limit)
        {
            (found, more) = (found[..limit], true);
        }

        return new CataloguePart(
            found,
            more,
            [.. slices.SelectMany(s => s.Categories).Distinct(StringComparer.Ordinal)],
            slices.Select(s => s.State.StaleSince).Append(page.StaleSince).Min(),
            [.. answers.Where(a => a.Error is not null).Select(a => $"{a.Repository.Namespace}/{a.Repository.Name}={a.Error!.Code}")]);
    }

    private static CatalogueQuery For(RepositoryRef repository, CatalogueSearch search, CatalogueQuery query) => query with
    {
        VersionScope = search.Versions,
        Text = search.ByRepositoryName && repository.Name.Contains(query.Text, StringComparison.OrdinalIgnoreCase) ? "" : query.Text,
    };

    // Where a repository goes on after the last item of a page: among equal names, the rest of the key decides.
    private static CatalogueKey? Continue(SortKey? after, RepositoryRef repository)
    {
        if (after is null)
        {
            return null;
        }

        var sameName = new AvailablePackageRef(repository, after.Name);
        var key = new SortKey(after.Name, repository.Plugin.Name, repository.Namespace, sameName.Identifier);
        return new CatalogueKey(after.Name, key.CompareTo(after) > 0 ? "" : Last);
    }

    private async Task<(RepositoryRef Repository, CatalogueSlice? Slice, PackageException? Error)> AskAsync(
        RepositoryRef repository, CatalogueQuery query, CancellationToken cancellationToken)
    {
        try
        {
            var (completed, slice) = await Bounded.RunAsync(
                time, options.Value.CatalogueWait, token => grains.GetRepository(repository).SearchAsync(query, token), cancellationToken);
            return completed
                ? (repository, slice, null)
                : (repository, null, new PackageException(PackageErrorCode.Unavailable, $"Repository {repository.Namespace}/{repository.Name} is still being loaded."));
        }
        catch (PackageException e)
        {
            return (repository, null, e);
        }
    }
}
