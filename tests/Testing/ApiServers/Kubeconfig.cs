using System.Text;

namespace Wego.Testing.ApiServers;

/// <summary>Writes kubeconfig files, for programs that are pointed at a test cluster.</summary>
public static class Kubeconfig
{
    /// <summary>A kubeconfig with one context, in JSON, which is YAML too.</summary>
    public static string Render(ITestApiServer server, TestIdentity identity)
    {
        var trust = server.CertificateAuthority is { } authority
            ? $", \"certificate-authority-data\": \"{Convert.ToBase64String(Encoding.ASCII.GetBytes(authority))}\""
            : "";
        return $$"""
            {
              "apiVersion": "v1",
              "kind": "Config",
              "current-context": "test",
              "contexts": [{ "name": "test", "context": { "cluster": "test", "user": "{{identity.UserName}}" } }],
              "clusters": [{ "name": "test", "cluster": { "server": "{{server.Address.GetLeftPart(UriPartial.Authority)}}"{{trust}} } }],
              "users": [{ "name": "{{identity.UserName}}", "user": { "token": "{{identity.Token}}" } }]
            }
            """;
    }
}
