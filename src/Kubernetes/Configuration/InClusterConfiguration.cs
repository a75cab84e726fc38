using System.Globalization;

namespace Wego.Kubernetes;

/// <summary>The configuration that Kubernetes gives every pod: two environment variables and the projected service-account volume.</summary>
public static class InClusterConfiguration
{
    /// <summary>Where the service-account volume is mounted.</summary>
    public const string DefaultFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>Whether this process runs in a pod with a service account.</summary>
    public static bool IsAvailable(Func<string, string?> environment, string folder = DefaultFolder) =>
        !string.IsNullOrEmpty(environment("KUBERNETES_SERVICE_HOST"))
        && !string.IsNullOrEmpty(environment("KUBERNETES_SERVICE_PORT"))
        && File.Exists(Path.Combine(folder, "token"));

    /// <summary>Reads it.</summary>
    /// <exception cref="ClusterConfigurationException">A variable or file is missing or wrong.</exception>
    public static ClusterConfiguration Load(Func<string, string?> environment, string folder = DefaultFolder)
    {
        var host = Variable("KUBERNETES_SERVICE_HOST");
        var portText = Variable("KUBERNETES_SERVICE_PORT");
        if (!int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is 0 or > 65535)
        {
            throw new ClusterConfigurationException($"In-cluster configuration: KUBERNETES_SERVICE_PORT is '{portText}', not a port between 1 and 65535.");
        }

        Uri server;
        try
        {
            // The builder puts brackets around an IPv6 address.
            server = new UriBuilder(Uri.UriSchemeHttps, host, port).Uri;
        }
        catch (UriFormatException e)
        {
            throw new ClusterConfigurationException($"In-cluster configuration: KUBERNETES_SERVICE_HOST is '{host}', neither a host name nor an address.", e);
        }

        var tokenFile = Path.Combine(folder, "token");
        if (!File.Exists(tokenFile))
        {
            throw new ClusterConfigurationException(
                $"In-cluster configuration: {tokenFile} does not exist. Set automountServiceAccountToken: true on the pod or its service account.");
        }

        var namespaceFile = Path.Combine(folder, "namespace");
        var ns = File.Exists(namespaceFile) ? File.ReadAllText(namespaceFile).Trim() : "";
        return new ClusterConfiguration(server)
        {
            Origin = "in-cluster",
            CertificateAuthorities = PemFiles.ReadCertificates(Path.Combine(folder, "ca.crt"), "In-cluster configuration: ca.crt"),
            CertificateAuthorityFile = Path.Combine(folder, "ca.crt"),
            DefaultNamespace = ns.Length > 0 ? ns : "default",
            User = new UserConfiguration { TokenFile = tokenFile },
        };

        string Variable(string name) => environment(name) is { Length: > 0 } value
            ? value
            : throw new ClusterConfigurationException($"In-cluster configuration: {name} is not set; is this a pod?");
    }
}
