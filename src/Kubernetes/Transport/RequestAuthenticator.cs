using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Logging;

namespace Wego.Kubernetes;

/// <summary>Puts an identity onto a request and chooses the connections that fit it.</summary>
internal sealed class RequestAuthenticator : IDisposable
{
    private readonly ClusterConfiguration _configuration;
    private readonly IServiceCredentials _credentials;
    private readonly ConnectionPools _pools;
    private readonly ConnectionPools? _proxyPools;

    public RequestAuthenticator(ClusterConfiguration configuration, IServiceCredentials credentials, TimeSpan connectTimeout, TimeProvider time, ILogger logger)
    {
        (_configuration, _credentials) = (configuration, credentials);
        _pools = new ConnectionPools(configuration, connectTimeout, time, logger);
        if (configuration.CallerProxy is { } proxy)
        {
            var reach = new ClusterConfiguration(proxy.Url) { Origin = "Pinniped proxy", CertificateAuthorityFile = proxy.CertificateAuthorityFile };
            _proxyPools = new ConnectionPools(reach, connectTimeout, time, logger);
        }
    }

    public async ValueTask<ServiceCredential> CredentialAsync(KubernetesIdentity identity, CancellationToken cancellationToken)
    {
        if (identity is not KubernetesIdentity.BearerIdentity { Token: var token })
        {
            return _configuration.MissingServiceIdentity is { } missing
                ? throw new KubernetesException(KubernetesFailure.Forbidden, missing)
                : await _credentials.GetAsync(cancellationToken);
        }

        // RFC 6750 tokens are visible ASCII. Anything else would be refused by the header, with a message that quotes it.
        return token.Length > 0 && token.All(c => c is > ' ' and <= '~')
            ? new ServiceCredential(ServiceCredential.Bearer(token), null)
            : throw new KubernetesException(KubernetesFailure.Unauthorized, "The bearer token is empty or contains characters that no token has.", 401);
    }

    public ValueTask<bool> RefreshAsync(ServiceCredential refused, CancellationToken cancellationToken) => _credentials.RefreshAsync(refused, cancellationToken);

    public ConnectionPool Authenticate(HttpRequestMessage message, KubernetesIdentity identity, ServiceCredential credential)
    {
        message.Headers.Authorization = credential.Header;
        if (identity is KubernetesIdentity.BearerIdentity && _configuration.CallerProxy is { } proxy)
        {
            Add(PinnipedProxy.ServerHeader, proxy.ApiServer);
            Add(PinnipedProxy.CertificateHeader, proxy.ApiServerCertificateData);
            return _proxyPools!.For(null);
        }

        if (_configuration.TlsServerName is { } name)
        {
            // SocketsHttpHandler takes the TLS server name from the Host header.
            message.Headers.Host = name;
        }

        switch (identity)
        {
            case KubernetesIdentity.ImpersonatedIdentity impersonated:
                Impersonate(message, impersonated, null);
                break;
            case KubernetesIdentity.ServiceIdentity when _configuration.User.Impersonate is { } user:
                Impersonate(message, user, _configuration.User.ImpersonateUid);
                break;
        }

        return _pools.For(credential.Certificate);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    public void Dispose()
    {
        _pools.Dispose();
        _proxyPools?.Dispose();
        (_credentials as IDisposable)?.Dispose();
    }

    private static void Impersonate(HttpRequestMessage message, KubernetesIdentity.ImpersonatedIdentity identity, string? uid)
    {
        if (identity.User.Length == 0)
        {
            // Without a user the API server would ignore the groups and use the service's own rights.
            throw new KubernetesException(KubernetesFailure.BadRequest, "Impersonation needs a user name.");
        }

        Add("Impersonate-User", [identity.User]);
        Add("Impersonate-Group", identity.Groups.IsDefault ? [] : identity.Groups);
        if (uid is not null)
        {
            Add("Impersonate-Uid", [uid]);
        }

        foreach (var (key, values) in identity.Extra)
        {
            // Keys are case-insensitive header names; what a name cannot hold is percent-encoded (kube-apiserver decodes it).
            Add("Impersonate-Extra-" + Uri.EscapeDataString(key.ToLowerInvariant()), values);
        }

        void Add(string name, ImmutableArray<string> values)
        {
            if (values.Length > 1)
            {
                message.Version = HttpVersion.Version11;
                message.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
            }

            if (values.Length > 0 && !message.Headers.TryAddWithoutValidation(name, RepeatedHeaders.Join(name, values)))
            {
                throw new KubernetesException(KubernetesFailure.BadRequest, $"{name} cannot be sent as a header.");
            }
        }
    }
}
