using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Wego.Kubernetes;

/// <summary>Chooses the credentials that a configuration describes.</summary>
internal static class ServiceCredentialsFactory
{
    public static IServiceCredentials Create(ClusterConfiguration configuration, TimeProvider time, ILogger logger)
    {
        var user = configuration.User;
        IServiceCredentials credentials =
            user.TokenFile is not null ? new TokenFileCredentials(user.TokenFile, time, logger)
            : user.Token is not null ? new StaticCredentials(new ServiceCredential(ServiceCredential.Bearer(user.Token), null))
            : user.Username is not null ? new StaticCredentials(new ServiceCredential(Basic(user.Username, user.Password), null))
            : user.Exec is not null ? new ExecCredentials(new ExecPlugin(user.Exec, configuration, time), time)
            : new StaticCredentials(ServiceCredential.None);
        return user.ClientCertificate is null
            ? credentials
            : new CertificateCredentials(credentials, new ClientCertificateFiles(user.ClientCertificate, configuration.Origin, time, logger));
    }

    private static AuthenticationHeaderValue Basic(string username, string? password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}")));
}
