namespace Wego.Kubernetes;

/// <summary>Turns an entry of the clusters file into a configuration.</summary>
internal static class ClusterEntryMapper
{
    /// <param name="entry">The entry.</param>
    /// <param name="pinniped">The Pinniped proxy, for entries that use it.</param>
    /// <param name="own">What else is known of the cluster that Wego runs on; null for other clusters.</param>
    public static ClusterConfiguration Map(ClusterEntry entry, PinnipedProxy pinniped, ClusterConfiguration? own)
    {
        var configuration = entry.ApiServiceURL.Length > 0 ? Elsewhere(entry, own) : own!;
        if (entry.ServiceToken.Length > 0)
        {
            configuration = configuration with { User = new UserConfiguration { Token = Token(entry) }, MissingServiceIdentity = null };
        }

        return !entry.PinnipedConfig.IsEnabled
            ? configuration
            : configuration with
            {
                CallerProxy = pinniped with
                {
                    ApiServer = NullIfEmpty(entry.ApiServiceURL),
                    ApiServerCertificateData = NullIfEmpty(entry.CertificateAuthorityData),
                },
            };
    }

    private static ClusterConfiguration Elsewhere(ClusterEntry entry, ClusterConfiguration? own)
    {
        if (!Uri.TryCreate(entry.ApiServiceURL, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
        {
            throw new ClusterConfigurationException($"{entry}: apiServiceURL is not an http or https URL.");
        }

        if (server.UserInfo.Length > 0)
        {
            throw new ClusterConfigurationException($"{entry}: apiServiceURL contains a user name or password; put a token into serviceToken.");
        }

        if (entry.Insecure && entry.CertificateAuthorityData.Length > 0)
        {
            throw new ClusterConfigurationException($"{entry}: insecure excludes certificateAuthorityData. Remove one.");
        }

        var data = $"{entry}: certificateAuthorityData";
        return new ClusterConfiguration(server)
        {
            Origin = entry.ToString(),
            CertificateAuthorities = entry.CertificateAuthorityData.Length > 0 ? PemFiles.ParseCertificates(PemFiles.DecodeData(entry.CertificateAuthorityData, data), data) : null,
            InsecureSkipTlsVerify = entry.Insecure,
            UseEnvironmentProxy = own is null || own.UseEnvironmentProxy,
            DefaultNamespace = own?.DefaultNamespace ?? "default",
            User = own?.User ?? new UserConfiguration(),
            MissingServiceIdentity = own is null
                ? $"Wego has no account of its own on cluster '{entry.Name}'. Set serviceToken of that cluster in the clusters configuration to the token of a service account that may read there."
                : own.MissingServiceIdentity,
        };
    }

    private static string Token(ClusterEntry entry)
    {
        var token = entry.ServiceToken.Trim();
        return token.Length > 0 && token.All(c => c is > ' ' and <= '~')
            ? token
            : throw new ClusterConfigurationException($"{entry}: serviceToken contains characters that no bearer token has.");
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
