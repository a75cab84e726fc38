using System.Text.Json.Nodes;

namespace Wego.Kubernetes;

/// <summary>The value of <c>KUBERNETES_EXEC_INFO</c>: what a credential plugin is told.</summary>
internal static class ExecInfo
{
    public static string Create(ExecConfiguration exec, ClusterConfiguration cluster)
    {
        var spec = new JsonObject { ["interactive"] = false };
        if (exec.ProvideClusterInfo)
        {
            var info = new JsonObject { ["server"] = cluster.Server.ToString().TrimEnd('/') };
            if (cluster.TlsServerName is not null)
            {
                info["tls-server-name"] = cluster.TlsServerName;
            }

            if (cluster.InsecureSkipTlsVerify)
            {
                info["insecure-skip-tls-verify"] = true;
            }

            if (cluster.CertificateAuthorities is { } authorities)
            {
                var pem = string.Concat(authorities.Select(c => c.ExportCertificatePem() + "\n"));
                info["certificate-authority-data"] = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(pem));
            }

            if (cluster.ProxyUrl is not null)
            {
                info["proxy-url"] = cluster.ProxyUrl.ToString();
            }

            if (exec.ClusterExtensionJson is not null)
            {
                info["config"] = JsonNode.Parse(exec.ClusterExtensionJson);
            }

            spec["cluster"] = info;
        }

        return new JsonObject { ["apiVersion"] = exec.ApiVersion, ["kind"] = "ExecCredential", ["spec"] = spec }.ToJsonString();
    }
}
