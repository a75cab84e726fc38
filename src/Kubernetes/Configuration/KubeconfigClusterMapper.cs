namespace Wego.Kubernetes;

/// <summary>Turns a kubeconfig's cluster entry into a configuration.</summary>
internal static class KubeconfigClusterMapper
{
    public static ClusterConfiguration Map(KubeconfigEntry<KubeconfigFile.Cluster> entry, string where)
    {
        var cluster = entry.Value;
        if (string.IsNullOrEmpty(cluster.Server))
        {
            throw new ClusterConfigurationException($"{where}: server is not set.");
        }

        var text = cluster.Server.Contains("://", StringComparison.Ordinal) ? cluster.Server : "https://" + cluster.Server;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
        {
            throw new ClusterConfigurationException($"{where}: server is not an http or https URL.");
        }

        if (server.UserInfo.Length > 0)
        {
            throw new ClusterConfigurationException($"{where}: server contains a user name or password; put them into the user entry.");
        }

        var hasAuthority = !string.IsNullOrEmpty(cluster.CertificateAuthorityData) || !string.IsNullOrEmpty(cluster.CertificateAuthority);
        if (cluster.InsecureSkipTlsVerify && hasAuthority)
        {
            throw new ClusterConfigurationException($"{where}: insecure-skip-tls-verify excludes certificate-authority and certificate-authority-data. Remove one.");
        }

        return new ClusterConfiguration(server)
        {
            CertificateAuthorities = !string.IsNullOrEmpty(cluster.CertificateAuthorityData)
                ? PemFiles.ParseCertificates(PemFiles.DecodeData(cluster.CertificateAuthorityData, $"{where}: certificate-authority-data"), $"{where}: certificate-authority-data")
                : !string.IsNullOrEmpty(cluster.CertificateAuthority)
                    ? PemFiles.ReadCertificates(entry.Resolve(cluster.CertificateAuthority), $"{where}: certificate-authority")
                    : null,
            CertificateAuthorityFile = string.IsNullOrEmpty(cluster.CertificateAuthorityData) && !string.IsNullOrEmpty(cluster.CertificateAuthority)
                ? entry.Resolve(cluster.CertificateAuthority)
                : null,
            InsecureSkipTlsVerify = cluster.InsecureSkipTlsVerify,
            TlsServerName = string.IsNullOrEmpty(cluster.TlsServerName) ? null : cluster.TlsServerName,
            ProxyUrl = Proxy(cluster.ProxyUrl, where),
            UseEnvironmentProxy = !server.IsLoopback,
        };
    }

    private static Uri? Proxy(string? text, string where)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var proxy) && proxy.Scheme is ("http" or "https" or "socks5")
            ? proxy
            : throw new ClusterConfigurationException($"{where}: proxy-url is not an http, https or socks5 URL.");
    }
}
