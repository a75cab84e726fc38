using System.Text;
using Wego.Kubernetes;
using Wego.Plugins.Charts;
using Wego.Plugins.Secrets;

namespace Wego.Plugins.Helm;

/// <summary>How to reach a repository: what its spec says, with the login and the certificate authority that its Secrets hold.</summary>
internal static class AppRepositoryConnection
{
    /// <summary>Reads the Secrets with the identity of the call.</summary>
    /// <exception cref="PackageException">
    /// <see cref="PackageErrorCode.FailedPrecondition"/>: a Secret is missing, lacks its key, or the service may not read it.
    /// <see cref="PackageErrorCode.PermissionDenied"/>: the caller may not.
    /// </exception>
    /// <exception cref="ChartException">What a Secret holds cannot be used.</exception>
    public static async Task<ChartConnection> ReadAsync(KubernetesObject repository, PluginCall call, CancellationToken cancellationToken)
    {
        var refs = AppRepositorySecretRefs.Of(repository);
        var auth = await LoadAsync(refs.Auth, repository, call, cancellationToken);
        var ca = refs.Ca?.Name == refs.Auth?.Name ? auth : await LoadAsync(refs.Ca, repository, call, cancellationToken);
        var secrets = new AppRepositorySecrets(refs, auth, ca, Pull: null);
        if (refs.Auth is { } reference && secrets is { Header: null, DockerConfigJson: null })
        {
            throw new PackageException(
                PackageErrorCode.FailedPrecondition,
                $"The Secret {reference.Name} that AppRepository {Display(repository)} refers to has no key '{reference.Key}'; add it, or correct the reference.");
        }

        return Create(repository, secrets.Header, secrets.DockerConfigJson, secrets.CertAuthority);
    }

    /// <summary>The connection with a login and an authority that are known already.</summary>
    /// <exception cref="ChartException">They cannot be used.</exception>
    public static ChartConnection Create(KubernetesObject repository, string? header, string? dockerConfigJson, string? certAuthority)
    {
        var address = AppRepositoryUrl.Read(repository);
        var config = dockerConfigJson is null ? null : DockerConfig.Parse(Encoding.UTF8.GetBytes(dockerConfigJson));
        return new ChartConnection
        {
            Credentials = header is not null ? AuthorizationHeader.ToCredentials(header)
                : config is not null ? FromDockerConfig(config, address, AppRepositories.TypeOf(repository))
                : address.Login is { } login ? ChartCredentials.Basic(login.Username, login.Password)
                : null,
            DockerConfig = config,
            PassCredentials = repository.Spec.IsTrue("passCredentials"),
            PlainHttp = address.PlainHttp,
            Proxy = SyncJobProxy.Of(repository).ToChartProxy(),
            Tls = new ChartTls { CertificateAuthorities = certAuthority ?? "", InsecureSkipVerify = repository.Spec.IsTrue("tlsInsecureSkipVerify") },
        };
    }

    // As in Kubeapps the only entry of a docker configuration counts for the repository, under whatever name it stands.
    private static ChartCredentials? FromDockerConfig(DockerConfig config, AppRepositoryAddress address, string type)
    {
        var host = Uri.TryCreate(address.Url, UriKind.Absolute, out var uri) ? uri.Authority : "";
        var known = config.Find(host);
        return type == AppRepositories.OciType && known is not null ? null : known ?? config.Only;
    }

    private static async Task<RepositorySecret?> LoadAsync(SecretKeyRef? reference, KubernetesObject repository, PluginCall call, CancellationToken cancellationToken)
    {
        try
        {
            return reference is null ? null : await RepositorySecret.LoadAsync(repository.Namespace, reference.Name, call, cancellationToken);
        }
        catch (KubernetesException e) when (e.Failure == KubernetesFailure.NotFound)
        {
            throw new PackageException(
                PackageErrorCode.FailedPrecondition,
                $"The Secret {reference!.Name} that AppRepository {Display(repository)} refers to does not exist; create it, or correct the reference.",
                e);
        }
        catch (KubernetesException e) when (e.Failure == KubernetesFailure.Forbidden)
        {
            throw call.Identity == KubernetesIdentity.Service
                ? new PackageException(
                    PackageErrorCode.FailedPrecondition,
                    $"Wego may not read the Secret {reference!.Name} that AppRepository {Display(repository)} refers to; allow its service account to get secrets in {repository.Namespace}.",
                    e)
                : Refuse(e, repository, reference!.Name);
        }
    }

    /// <summary>A caller may not read a Secret of the repository. Clients of Kubeapps look for the first words.</summary>
    public static PackageException Refuse(KubernetesException exception, KubernetesObject repository, string secret) => new(
        PackageErrorCode.PermissionDenied,
        $"unable to read secret {repository.Namespace}/{secret} of AppRepository {repository.Name}: {exception.Message}",
        exception);

    private static string Display(KubernetesObject repository) => $"{repository.Namespace}/{repository.Name}";
}
