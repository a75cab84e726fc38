using System.Text;
using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Flux;

/// <summary>
/// How to reach a repository: what its spec says and its Secrets hold, read with the service's own rights because a catalogue
/// is shared by all who may see the repository. Beside what Flux uses (user name and password, a docker config, certificates)
/// a bearer token is sent where the Secret has one.
/// </summary>
internal static class RepositoryConnection
{
    /// <exception cref="PackageException"><see cref="PackageErrorCode.FailedPrecondition"/>: a Secret is missing or not readable.</exception>
    /// <exception cref="ChartException">What a Secret holds cannot be used.</exception>
    public static async Task<ChartConnection> ReadAsync(KubernetesObject repository, PluginCall call, CancellationToken cancellationToken)
    {
        var secrets = await LoadAsync(repository, call, cancellationToken);
        return new ChartConnection
        {
            Credentials = secrets switch
            {
                { Username: { } username, Password: { } password } => ChartCredentials.Basic(username, password),
                { BearerToken: { } token } => ChartCredentials.Bearer(token),
                _ => null,
            },
            DockerConfig = secrets.DockerConfigJson is { } json ? DockerConfig.Parse(Encoding.UTF8.GetBytes(json)) : null,
            PassCredentials = repository.Spec.IsTrue("passCredentials"),
            PlainHttp = repository.Spec.IsTrue("insecure"),
            Timeout = GoDuration.TryParse(repository.Text("spec", "timeout"), out var timeout) && timeout > TimeSpan.Zero ? timeout : null,
            Tls = new ChartTls
            {
                CertificateAuthorities = secrets.CertAuthority ?? "",
                ClientCertificate = secrets.ClientCert ?? "",
                ClientKey = secrets.ClientKey ?? "",
            },
        };
    }

    private static async Task<RepositorySecrets> LoadAsync(KubernetesObject repository, PluginCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await RepositorySecrets.LoadAsync(repository, call, cancellationToken);
        }
        catch (KubernetesException e) when (e.Failure is KubernetesFailure.NotFound or KubernetesFailure.Forbidden)
        {
            throw new PackageException(
                PackageErrorCode.FailedPrecondition,
                e.Failure == KubernetesFailure.NotFound
                    ? $"A Secret that HelmRepository {repository.Namespace}/{repository.Name} refers to does not exist; create it, or correct the reference."
                    : $"Wego may not read a Secret that HelmRepository {repository.Namespace}/{repository.Name} refers to; allow its service account to get secrets in {repository.Namespace}.",
                e);
        }
    }
}
