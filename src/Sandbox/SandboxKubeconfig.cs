using System.Text;

namespace Wego.Sandbox;

/// <summary>Writes kubeconfig files.</summary>
internal static class SandboxKubeconfig
{
    public static string Write(Uri server, string certificatePem, string token, string @namespace) =>
        $"""
        apiVersion: v1
        kind: Config
        current-context: sandbox
        clusters:
        - name: sandbox
          cluster:
            server: {server.GetLeftPart(UriPartial.Authority)}
            certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(certificatePem))}
        users:
        - name: sandbox
          user:
            token: {token}
        contexts:
        - name: sandbox
          context:
            cluster: sandbox
            user: sandbox
            namespace: {@namespace}

        """;
}
