using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Wego.Testing.ApiServers;

/// <summary>Brings a fresh cluster into the state that tests expect: the users' rights and the real CRDs of Flux and Carvel.</summary>
public sealed class ClusterSetup(HttpClient admin)
{
    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1";

    /// <summary>Grants the rights of the identities and installs the CRDs of the shared test data where that is present.</summary>
    public async Task RunAsync(TestIdentities identities, CancellationToken cancellationToken)
    {
        await CreateAsync("/api/v1/namespaces", Json, $$"""{"metadata":{"name":"{{TestIdentities.TeamANamespace}}"} }""", cancellationToken);
        await CreateAsync(
            $"{Rbac}/namespaces/{TestIdentities.TeamANamespace}/rolebindings", Json, Binding("edit", identities.TeamA), cancellationToken);
        await CreateAsync($"{Rbac}/clusterrolebindings", Json, Binding("view", identities.Viewer), cancellationToken);
        foreach (var (role, verbs) in PackageRoles)
        {
            await CreateAsync($"{Rbac}/clusterroles", Json, PackageRole(role, verbs), cancellationToken);
        }

        if (TestPaths.Shared("crds") is { } folder)
        {
            foreach (var definition in Directory.GetFiles(folder, "*.yaml").SelectMany(Documents))
            {
                await CreateAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", "application/yaml", definition, cancellationToken);
            }
        }
    }

    private const string Json = "application/json";

    private static readonly (string Role, string Verbs)[] PackageRoles =
    [
        ("view", """ "get","list","watch" """),
        ("edit", """ "create","update","patch","delete","deletecollection" """),
    ];

    private async Task CreateAsync(string path, string contentType, string body, CancellationToken cancellationToken)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(contentType));
        using var response = await admin.PostAsync(path, content, cancellationToken);
        if (!response.IsSuccessStatusCode && response.StatusCode != HttpStatusCode.Conflict)
        {
            throw new InvalidOperationException(
                $"POST {path} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    private static string Binding(string role, TestIdentity identity) =>
        $$"""
        {
          "metadata": { "name": "wego-tests-{{role}}" },
          "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "{{role}}" },
          "subjects": [{ "apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "{{identity.UserName}}" }]
        }
        """;

    // Flux and Carvel ship such roles: what "view" and "edit" mean for their kinds.
    private static string PackageRole(string role, string verbs) =>
        $$"""
        {
          "metadata": { "name": "wego-tests-packages-{{role}}", "labels": { "rbac.authorization.k8s.io/aggregate-to-{{role}}": "true" } },
          "rules": [{
            "apiGroups": [
              "helm.toolkit.fluxcd.io", "kustomize.toolkit.fluxcd.io", "source.toolkit.fluxcd.io",
              "kappctrl.k14s.io", "packaging.carvel.dev", "data.packaging.carvel.dev"
            ],
            "resources": ["*"],
            "verbs": [{{verbs}}]
          }]
        }
        """;

    private static IEnumerable<string> Documents(string file) =>
        File.ReadAllText(file).Split("\n---").Select(document => document.TrimStart('-', '\n')).Where(document => document.Contains("kind:", StringComparison.Ordinal));
}
