using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Wego.Kubernetes;

/// <summary>
/// Trusts a server by the cluster's own certificates. A certificate in the bundle is an anchor even if it is not self-signed, as in
/// every other Kubernetes client; .NET alone would call that chain partial.
/// </summary>
internal static class ServerCertificateValidator
{
    public static void Configure(SslClientAuthenticationOptions tls, ClusterConfiguration configuration)
    {
        if (configuration.InsecureSkipTlsVerify)
        {
#pragma warning disable CA5359 // Asked for by the configuration's insecure-skip-tls-verify.
            tls.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
            return;
        }

        if (configuration.CertificateAuthorities is not { } authorities)
        {
            return;
        }

        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(authorities);
        policy.ExtraStore.AddRange(authorities);
        tls.CertificateChainPolicy = policy;
        tls.RemoteCertificateValidationCallback = (_, _, chain, errors) =>
            errors == SslPolicyErrors.None || (errors == SslPolicyErrors.RemoteCertificateChainErrors && EndsAtAnchor(chain, authorities));
    }

    private static bool EndsAtAnchor(X509Chain? chain, X509Certificate2Collection anchors) =>
        chain is { ChainElements: [.., var last] }
        && chain.ChainStatus.All(s => s.Status is X509ChainStatusFlags.PartialChain or X509ChainStatusFlags.NoError)
        && anchors.Any(a => a.RawData.AsSpan().SequenceEqual(last.Certificate.RawData));
}
