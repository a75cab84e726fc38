using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Wego.Plugins.Charts;

/// <summary>What a registry holds below a path: repositories, tags, and what refers to an artifact. Safe for use by many threads.</summary>
public sealed class OciRegistry
{
    private readonly ChartHttp _http;
    private readonly OciReference _root;
    private readonly OciRegistryClient _client;

    internal OciRegistry(ChartHttp http, ChartConnection connection, OciReference root) =>
        (_http, _root, _client) = (http, root, new OciRegistryClient(http, connection, root.Registry));

    /// <summary>Whether the host is Docker Hub, under any of its names.</summary>
    public static bool IsDockerHub(string registry) => registry is
        "docker.io" or "index.docker.io" or "registry-1.docker.io" or "registry.hub.docker.com" or "hub.docker.com";

    /// <summary>The paths of the repositories below the root, from the root of the registry, as they are listed.</summary>
    /// <param name="provider">How to ask.</param>
    /// <param name="contentTypes">
    /// Of <c>helm</c>, <c>image</c> and media types of configurations or artifacts; only repositories with such content. Where the registry
    /// cannot filter, one tag of each repository is looked at. Empty means all.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ChartException">The registry does not list, or not for these credentials.</exception>
    public async IAsyncEnumerable<string> ListRepositoriesAsync(
        OciProvider provider,
        ImmutableArray<string> contentTypes = default,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var isHub = IsDockerHub(_root.Registry);
        var wanted = contentTypes.IsDefault ? [] : contentTypes;
        var paths = isHub ? _client.ListDockerHubRepositoriesAsync(_root.Path, wanted, cancellationToken)
            : provider == OciProvider.Harbor ? _client.ListHarborRepositoriesAsync(HarborProject, cancellationToken)
            : ListByCatalogueAsync(cancellationToken);
        var prefix = _root.Path.Length == 0 ? "" : _root.Path + "/";
        var filter = new OciContentFilter(_client, wanted);
        var count = 0;
        await foreach (var path in paths)
        {
            if (!path.StartsWith(prefix, StringComparison.Ordinal) || path.Length == prefix.Length)
            {
                continue;
            }

            if (++count > _http.Options.OciMaxCharts)
            {
                throw new ChartException(ChartFailure.TooLarge, $"{_root} has more than {_http.Options.OciMaxCharts} repositories. Ask for a longer path.");
            }

            // Docker Hub has filtered by itself.
            if (isHub || await filter.HasAsync(path, cancellationToken))
            {
                yield return path;
            }
        }
    }

    /// <summary>The tags of the repository that the root names.</summary>
    /// <exception cref="ChartException">There is no such repository, or not for these credentials.</exception>
    public IAsyncEnumerable<string> ListTagsAsync(CancellationToken cancellationToken) => _client.ListTagsAsync(_root.Path, cancellationToken);

    /// <summary>What refers to a version of a chart below the root.</summary>
    /// <param name="chart">The chart's name.</param>
    /// <param name="version">The version, from the catalogue of this root.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ChartException">The version is not there, or not for these credentials.</exception>
    public async Task<ImmutableArray<OciReferrer>> ListReferrersAsync(string chart, CatalogueVersion version, CancellationToken cancellationToken)
    {
        var reference = version.Urls.IsDefaultOrEmpty
            ? _root.Child(chart) with { Tag = OciTag.FromVersion(version.Version) }
            : OciReference.Parse(ChartUrl.Parse(version.Urls[0], "oci"));
        var client = reference.Registry == _root.Registry
            ? _client
            : throw new ChartException(ChartFailure.InvalidUrl, $"{reference} is not in the registry {_root.Registry}.");
        var digest = await client.GetDigestAsync(reference, cancellationToken);
        return await client.ListReferrersAsync(reference.Path, digest, cancellationToken);
    }

    private string HarborProject => _root.Path.Split('/')[0];

    private async IAsyncEnumerable<string> ListByCatalogueAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var paths = _client.ListRepositoriesAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        ChartException? denied = null;
        var any = false;
        try
        {
            any = await paths.MoveNextAsync();
        }
        catch (ChartException e) when (e.IsDenied)
        {
            denied = e;
        }

        if (denied is null)
        {
            for (; any; any = await paths.MoveNextAsync())
            {
                yield return paths.Current;
            }

            yield break;
        }

        var found = false;
        await foreach (var path in HarborOrNothingAsync(cancellationToken))
        {
            found = true;
            yield return path;
        }

        if (!found)
        {
            throw new ChartException(denied.Failure, $"The registry does not list its repositories ({denied.Message.TrimEnd('.')}).", denied) { HttpStatus = denied.HttpStatus };
        }
    }

    private async IAsyncEnumerable<string> HarborOrNothingAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var paths = _client.ListHarborRepositoriesAsync(HarborProject, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await paths.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (ChartException e) when (e.IsDenied)
            {
                // Not Harbor, or not for us.
                yield break;
            }

            yield return paths.Current;
        }
    }
}
