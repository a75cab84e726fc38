using System.Runtime.CompilerServices;
using Ocicatalog.V1Alpha1;
using Wego.Plugins.Charts;
using Wego.Rpc;

namespace Wego.Plugins.Helm;

/// <summary>
/// The RPCs of <c>ocicatalog.v1alpha1.OCICatalogService</c>: what a registry contains. Only registries that the caller has to do
/// with are asked, see <see cref="RegistryAccess"/>.
/// </summary>
/// <param name="access">Decides which registries, and how they are reached.</param>
/// <param name="repositories">Opens them.</param>
internal sealed class OciCatalogService(RegistryAccess access, ChartRepositoryFactory repositories)
{
    /// <summary>Sends the repositories below a namespace of a registry.</summary>
    public IAsyncEnumerable<Repository> ListRepositoriesForRegistry(ListRepositoriesForRegistryRequest request, RpcContext context)
    {
        if (request.KubernetesSecret.Length > 0)
        {
            throw PackageException.InvalidField("kubernetes_secret", "leave it empty; the Secret of the AppRepository that names the registry is used, if you may read it.");
        }

        var registry = ReadRegistry(request.Registry, "registry");
        var provider = ReadProvider(request.RegistryProvider);
        if (provider == OciProvider.DockerHub && !OciRegistry.IsDockerHub(registry))
        {
            throw PackageException.InvalidField("registry_provider", $"{registry} is not Docker Hub; leave the provider unspecified.");
        }

        var path = ReadPath(request.Namespace, "namespace");
        return TranslateAsync(registry, ListAsync(context.CancellationToken), context.CancellationToken);

        async IAsyncEnumerable<Repository> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var opened = await OpenAsync(registry, path, context, cancellationToken);
            // On Docker Hub the owner of a repository is its namespace.
            var isHub = OciRegistry.IsDockerHub(registry);
            await foreach (var found in opened.ListRepositoriesAsync(provider, [.. request.ContentTypes], cancellationToken))
            {
                var length = path.Length > 0 ? path.Length : isHub ? found.IndexOf('/', StringComparison.Ordinal) : -1;
                yield return new Repository
                {
                    Registry = request.Registry,
                    Namespace = length > 0 ? found[..length] : "",
                    Name = found[(length + 1)..],
                };
            }
        }
    }

    /// <summary>Sends the tags of a repository.</summary>
    public IAsyncEnumerable<Tag> ListTagsForRepository(ListTagsForRepositoryRequest request, RpcContext context)
    {
        var repository = request.Repository ?? throw PackageException.InvalidField("repository", "say whose tags are wanted.");
        var registry = ReadRegistry(repository.Registry, "repository.registry");
        _ = ReadProvider(request.RegistryProvider);
        var name = ReadPath(repository.Name, "repository.name");
        if (name.Length == 0)
        {
            throw PackageException.InvalidField("repository.name", "say which repository.");
        }

        var ns = ReadPath(repository.Namespace, "repository.namespace");
        var path = ns.Length == 0 ? name : $"{ns}/{name}";
        return TranslateAsync(registry, ListAsync(context.CancellationToken), context.CancellationToken);

        async IAsyncEnumerable<Tag> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var opened = await OpenAsync(registry, path, context, cancellationToken);
            // Every registry lists tags the same way, Docker Hub's included.
            await foreach (var tag in opened.ListTagsAsync(cancellationToken))
            {
                yield return new Tag { Name = tag };
            }
        }
    }

    private static string ReadRegistry(string registry, string field) => RegistryHost.TryParse(registry, out var host)
        ? host
        : throw PackageException.InvalidField(field, "give the registry as HOST or HOST:PORT, without scheme and path.");

    private static OciProvider ReadProvider(RegistryProvider provider) => provider switch
    {
        RegistryProvider.Unspecified => OciProvider.Detect,
        RegistryProvider.DockerHub => OciProvider.DockerHub,
        RegistryProvider.Harbor => OciProvider.Harbor,
        _ => throw PackageException.InvalidField("registry_provider", "it has to be unspecified, Docker Hub or Harbor."),
    };

    // As the distribution specification writes names; a path that climbs or carries a query never reaches an address.
    private static string ReadPath(string path, string field)
    {
        var trimmed = path.Trim('/');
        return trimmed.Length == 0 || trimmed.Split('/').All(p => p.Length > 0 && char.IsAsciiLetterOrDigit(p[0]) && p.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            ? trimmed
            : throw PackageException.InvalidField(field, "it has to consist of letters, digits, dots, underscores and hyphens, with slashes between parts.");
    }

    private async Task<OciRegistry> OpenAsync(string registry, string path, RpcContext context, CancellationToken cancellationToken)
    {
        var connection = await access.ConnectAsync(registry, path, context.Caller(), cancellationToken);
        return repositories.OpenRegistry($"oci://{registry}/{path}", connection);
    }

    private static async IAsyncEnumerable<T> TranslateAsync<T>(string registry, IAsyncEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var enumerator = items.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await enumerator.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (ChartException e)
            {
                var code = e.Failure == ChartFailure.NotFound ? PackageErrorCode.NotFound : ChartErrors.CodeOf(e.Failure);
                throw new PackageException(code, ChartErrors.Translate(e, registry, $"oci://{registry}").Message.Replace("Repository ", "Registry ", StringComparison.Ordinal), e) { RetryAfter = e.RetryAfter };
            }

            yield return enumerator.Current;
        }
    }
}
