using System.Text;

namespace Wego.Testing.ApiServers;

/// <summary>Writes kubeconfig files, for programs that are pointed at a test cluster.</summary>
public static class Kubeconfig
{
    /// <summary>A kubeconfig with one context, in JSON, which is YAML too.</summary>
    /// <param name="server">The API server.</param>
    /// <param name="identity">Who uses it.</param>
    /// <param name="address">Where it is reached, if not at its own address.</param>
    public static string Render(ITestApiServer server, TestIdentity identity, Uri? address = null)
    {
        // What its certificate says, which is not where it is reached.
        var name = address is null ? "" : ", \"tls-server-name\": \"localhost\"";
        var trust = server.CertificateAuthority is { } authority
            ? $", \"certificate-authority-data\": \"{Convert.ToBase64String(Encoding.ASCII.GetBytes(authority))}\""
            : "";
        return $$"""
            {
              "apiVersion": "v1",
              "kind": "Config",
              "current-context": "test",
              "contexts": [{ "name": "test", "context": { "cluster": "test", "user": "{{identity.UserName}}" } }],
              "clusters": [{ "name": "test", "cluster": { "server": "{{(address ?? server.Address).GetLeftPart(UriPartial.Authority)}}"{{name}}{{trust}} } }],
              "users": [{ "name": "{{identity.UserName}}", "user": { "token": "{{identity.Token}}" } }]
            }
            """;
    }
}
