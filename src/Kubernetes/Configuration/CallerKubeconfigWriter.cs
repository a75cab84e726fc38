using System.Text;
using System.Text.Json;

namespace Wego.Kubernetes;

/// <summary>Writes kubeconfigs for other programs.</summary>
internal static class CallerKubeconfigWriter
{
    private const string Name = "wego";

    public static CallerKubeconfig Write(ClusterConfiguration configuration, KubernetesIdentity identity, string ns)
    {
        if (identity is not KubernetesIdentity.BearerIdentity { Token: var token })
        {
            throw new ArgumentException("Only the token of a caller is handed to other programs.", nameof(identity));
        }

        if (configuration.CallerProxy is not null)
        {
            throw new NotSupportedException($"callers reach the cluster of {configuration} through the Pinniped proxy, which other programs cannot use.");
        }

        if (configuration.Server.Scheme != Uri.UriSchemeHttps)
        {
            throw new NotSupportedException($"the API server {configuration} is not reached by https, and other programs send no token then.");
        }

        using var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", "v1");
            json.WriteString("kind", "Config");
            json.WriteString("current-context", Name);
            WriteEntry(json, "clusters", "cluster", () => WriteCluster(json, configuration));
            WriteEntry(json, "users", "user", () => json.WriteString("token", token));
            WriteEntry(json, "contexts", "context", () =>
            {
                json.WriteString("cluster", Name);
                json.WriteString("user", Name);
                json.WriteString("namespace", ns);
            });
            json.WriteEndObject();
        }

        return new CallerKubeconfig(Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length), configuration.UseEnvironmentProxy);
    }

    private static void WriteCluster(Utf8JsonWriter json, ClusterConfiguration configuration)
    {
        json.WriteString("server", configuration.Server.AbsoluteUri.TrimEnd('/'));
        if (configuration.InsecureSkipTlsVerify)
        {
            json.WriteBoolean("insecure-skip-tls-verify", true);
        }
        else if (configuration.CertificateAuthorityFile is { } file)
        {
            json.WriteString("certificate-authority", Path.GetFullPath(file));
        }
        else if (configuration.CertificateAuthorities is { Count: > 0 } authorities)
        {
            json.WriteString("certificate-authority-data", Convert.ToBase64String(Encoding.ASCII.GetBytes(authorities.ExportCertificatePems())));
        }

        if (configuration.TlsServerName is { } name)
        {
            json.WriteString("tls-server-name", name);
        }

        if (configuration.ProxyUrl is { } proxy)
        {
            json.WriteString("proxy-url", proxy.AbsoluteUri);
        }
    }

    private static void WriteEntry(Utf8JsonWriter json, string list, string kind, Action write)
    {
        json.WriteStartArray(list);
        json.WriteStartObject();
        json.WriteString("name", Name);
        json.WriteStartObject(kind);
        write();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
