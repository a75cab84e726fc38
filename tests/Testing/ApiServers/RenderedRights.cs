using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Wego.Testing.ApiServers;

/// <summary>Gives Wego the rights that the chart grants it, out of what the chart renders with its defaults: as an operator would, and no more.</summary>
public static partial class RenderedRights
{
    /// <summary>The namespace that Wego runs in.</summary>
    public const string Namespace = "wego-system";

    /// <summary>The name of the object that holds the members of a cluster: the only one that Wego may change.</summary>
    public const string ClusterId = "wego-cluster";

    private const string Account = "wego";
    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1";

    // A render that a test of the chart compares with what Helm makes of it now.
    private static readonly string s_render = Path.Combine(TestPaths.Root, "tests", "Chart.Tests", "Golden", "defaults", "expected.yaml");

    /// <summary>Creates the namespace, the service account, its roles and their bindings.</summary>
    /// <returns>The service account with a token.</returns>
    /// <exception cref="InvalidOperationException">The API server refuses one of them; the message has its answer.</exception>
    public static async Task<TestIdentity> GrantAsync(ITestApiServer server, CancellationToken cancellationToken)
    {
        using var admin = server.ConnectAdmin();
        await admin.CreateAsync("/api/v1/namespaces", Json, $$"""{ "metadata": { "name": "{{Namespace}}" } }""", cancellationToken);
        foreach (var document in (await File.ReadAllTextAsync(s_render, cancellationToken)).Split("\n---\n"))
        {
            if (PathOf(Kind().Match(document).Groups["kind"].Value) is { } path)
            {
                await admin.CreateAsync(path, "application/yaml", document, cancellationToken);
            }
        }

        var answer = await admin.CreateAsync($"/api/v1/namespaces/{Namespace}/serviceaccounts/{Account}/token", Json, TokenRequest, cancellationToken);
        return new TestIdentity($"system:serviceaccount:{Namespace}:{Account}", JsonNode.Parse(answer)!["status"]!["token"]!.GetValue<string>());
    }

    private const string Json = "application/json";

    private const string TokenRequest = """{ "apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": { "expirationSeconds": 3600 } }""";

    // Null for what grants nothing.
    private static string? PathOf(string kind) => kind switch
    {
        "ServiceAccount" => $"/api/v1/namespaces/{Namespace}/serviceaccounts",
        "ClusterRole" => $"{Rbac}/clusterroles",
        "ClusterRoleBinding" => $"{Rbac}/clusterrolebindings",
        "Role" => $"{Rbac}/namespaces/{Namespace}/roles",
        "RoleBinding" => $"{Rbac}/namespaces/{Namespace}/rolebindings",
        _ => null,
    };

    [GeneratedRegex("^kind: (?<kind>[A-Za-z]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Kind();
}
