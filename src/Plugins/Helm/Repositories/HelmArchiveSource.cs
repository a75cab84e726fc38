using System.Collections.Immutable;
using System.Text.Json;
using Wego.Kubernetes;
using Wego.Plugins.Charts;
using Wego.Plugins.Secrets;

namespace Wego.Plugins.Helm;

/// <summary>Downloads charts from where an <c>AppRepository</c> points, with the caller's rights to it and to its Secrets.</summary>
/// <param name="repositories">Opens the remote side.</param>
internal sealed class HelmArchiveSource(ChartRepositoryFactory repositories) : IChartArchiveSource
{
    /// <inheritdoc/>
    public async Task<ChartArchive> FetchAsync(PackageArchive archive, PluginCall call, CancellationToken cancellationToken)
    {
        var (ns, name) = (archive.Package.Repository.Namespace, archive.Package.Repository.Name);
        var repository = await ReadAsync(ns, name, call, cancellationToken);
        var pull = await ReadPullSecretsAsync(repository, call, cancellationToken);
        ContentDigest? digest = ContentDigest.TryParse(archive.Digest, out var known) ? known : null;
        var version = new CatalogueVersion(archive.Version, "", null, digest, archive.Urls);
        try
        {
            var connection = await AppRepositoryConnection.ReadAsync(repository, call, cancellationToken);
            var remote = repositories.Open(AppRepositoryUrl.Read(repository).Url, connection);
            return new ChartArchive(await remote.DownloadAsync(archive.Package.Package, version, cancellationToken), pull);
        }
        catch (ChartException e)
        {
            throw ChartErrors.Translate(e, $"{ns}/{name}", repository.Text("spec", "url"));
        }
    }

    private static async Task<KubernetesObject> ReadAsync(string ns, string name, PluginCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await call.Client.GetAsync(call.Identity, AppRepositories.Resource, ns, name, cancellationToken);
        }
        catch (KubernetesException e)
        {
            throw KubernetesErrors.Translate(e, $"read AppRepository {ns}/{name}");
        }
    }

    // A Secret that is gone, or is none of a registry, is no reason to refuse the chart: its images may be public.
    private static async Task<ImmutableArray<ImagePullSecret>> ReadPullSecretsAsync(KubernetesObject repository, PluginCall call, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<ImagePullSecret>();
        foreach (var name in AppRepositorySecretRefs.Of(repository).Pull)
        {
            try
            {
                if (await RepositorySecret.FindAsync(repository.Namespace, name, call, cancellationToken) is { } secret)
                {
                    found.Add(new ImagePullSecret(name, RegistriesOf(secret.Find(SecretKeys.DockerConfigJson) ?? "")));
                }
            }
            catch (KubernetesException e) when (e.Failure == KubernetesFailure.Forbidden)
            {
                throw AppRepositoryConnection.Refuse(e, repository, name);
            }
        }

        return found.DrainToImmutable();
    }

    private static ImmutableArray<string> RegistriesOf(string json)
    {
        try
        {
            using var config = JsonDocument.Parse(json);
            var auths = config.RootElement.Child("auths");
            return auths.ValueKind == JsonValueKind.Object ? [.. auths.EnumerateObject().Select(a => a.Name)] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
