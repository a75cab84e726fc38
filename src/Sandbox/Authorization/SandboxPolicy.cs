using System.Text.Json.Nodes;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Authorization;

/// <summary>The rights of the sandbox's own users.</summary>
internal static class SandboxPolicy
{
    public const string ServiceNamespace = "wego-system";
    public const string ServiceAccount = "wego";

    private static readonly string[] PackageGroups =
        ["source.toolkit.fluxcd.io", "helm.toolkit.fluxcd.io", "kustomize.toolkit.fluxcd.io", "packaging.carvel.dev", "kappctrl.k14s.io", "kubeapps.com"];

    public static IEnumerable<JsonObject> Objects()
    {
        yield return Bind("RoleBinding", "team-a-edit", "team-a", "edit", BootstrapPolicy.Subject("User", SandboxTokens.TeamA));
        yield return Bind("ClusterRoleBinding", "sandbox-viewer", null, "view", BootstrapPolicy.Subject("User", SandboxTokens.Viewer));
        yield return PackageRole("wego-packages-view", "view", ["get", "list", "watch"], [.. PackageGroups, "data.packaging.carvel.dev"]);
        yield return PackageRole("wego-packages-edit", "edit", ["create", "delete", "deletecollection", "patch", "update"], PackageGroups);
        yield return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ServiceAccount",
            ["metadata"] = new JsonObject { ["name"] = ServiceAccount, ["namespace"] = ServiceNamespace },
        };
        using var reader = new StreamReader(typeof(SandboxPolicy).Assembly.GetManifestResourceStream("rbac/wego.yaml")!);
        foreach (var obj in YamlDocuments.Parse(reader.ReadToEnd()))
        {
            yield return obj;
        }
    }

    /// <summary>As the distributions of Flux and kapp-controller do, lets the holders of view and edit work with packages.</summary>
    private static JsonObject PackageRole(string name, string aggregateTo, string[] verbs, string[] groups) =>
        BootstrapPolicy.Role(name, [BootstrapPolicy.Rule(verbs, groups, ["*"])], aggregateTo);

    private static JsonObject Bind(string kind, string name, string? @namespace, string role, JsonObject subject)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (@namespace is not null)
        {
            metadata["namespace"] = @namespace;
        }

        return new JsonObject
        {
            ["apiVersion"] = $"{RbacAuthorizer.Group}/v1",
            ["kind"] = kind,
            ["metadata"] = metadata,
            ["roleRef"] = BootstrapPolicy.RoleRef(role),
            ["subjects"] = new JsonArray(subject),
        };
    }
}
