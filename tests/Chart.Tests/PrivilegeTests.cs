using System.Text.Json.Nodes;

namespace Wego.Chart.Tests;

/// <summary>The chart grants what <c>deploy/rbac/wego.yaml</c> grants, with which the sandbox and its tests run Wego.</summary>
public sealed class PrivilegeTests
{
    [Theory]
    [EachHelm]
    public async Task TheRightsAreThoseOfTheManifest(string helm)
    {
        var manifest = Manifests.Parse(await File.ReadAllTextAsync(Path.Combine(TestPaths.Root, "deploy", "rbac", "wego.yaml"), TestContext.Current.CancellationToken));
        var rendered = Manifests.Parse(await Helm.TemplateAsync(helm, "--set", "settings.Dashboard.Operators=true", "--set", "settings.Audit.Events=true"));
        Text(rendered).ShouldBe(Text(manifest), ignoreOrder: true);
    }

    [Theory]
    [EachHelm]
    public async Task InSomeNamespacesTheSameIsGrantedThereOnly(string helm)
    {
        var everywhere = Manifests.Parse(await Helm.TemplateAsync(helm));
        var some = Manifests.Parse(await Helm.TemplateAsync(helm, "--set", "rbac.namespaces={team-a,team-b}"));

        Rights.Of(everywhere.One("ClusterRole", "wego")).Except(Rights.Of(some.One("ClusterRole", "wego"))).ShouldBe([" secrets get"]);
        Rights.Of(some.One("ClusterRole", "wego")).Except(Rights.Of(everywhere.One("ClusterRole", "wego"))).ShouldBeEmpty();
        some.Where(o => o.Kind() == "ClusterRoleBinding").Select(b => b["roleRef"]!["name"]!.GetValue<string>()).ShouldBe(["wego"]);
        foreach (var ns in new[] { "team-a", "team-b" })
        {
            var there = some.Where(o => o.Namespace() == ns).ToArray();
            Rights.Of(there.One("Role")).ShouldBe([" secrets get"]);
            there.Where(o => o.Kind() == "RoleBinding").Select(b => b["roleRef"]!["kind"] + " " + b["roleRef"]!["name"]).ShouldBe(["Role wego", "ClusterRole view"], ignoreOrder: true);
            there.Where(o => o.Kind() == "RoleBinding").ShouldAllBe(b => b["subjects"]![0]!["namespace"]!.GetValue<string>() == "wego-system");
        }
    }

    [Theory]
    [EachHelm]
    public async Task NothingIsGrantedWhereThatIsDoneElsewhere(string helm)
    {
        var rendered = Manifests.Parse(await Helm.TemplateAsync(helm, "--set", "rbac.create=false", "--set", "rbac.aggregate=false", "--set", "rbac.namespaces={team-a}"));
        rendered.ShouldNotContain(o => o.Kind().EndsWith("Role", StringComparison.Ordinal) || o.Kind().EndsWith("Binding", StringComparison.Ordinal));
    }

    [Theory]
    [EachHelm]
    public async Task ReplicasKeepTheirOwnMembersAndNoOthers(string helm)
    {
        var manifest = Manifests.Parse(await File.ReadAllTextAsync(Path.Combine(TestPaths.Root, "deploy", "rbac", "silocluster.yaml"), TestContext.Current.CancellationToken));
        Rights.Of(Manifests.Parse(await Helm.TemplateAsync(helm)).One("Role", "wego-cluster")).ShouldBe(Rights.Of(manifest.One("Role")));
        Manifests.Parse(await Helm.TemplateAsync(helm, "--set", "cluster.id=second")).One("Role", "wego-cluster")["rules"]![0]!["resourceNames"]![0]!.GetValue<string>().ShouldBe("second");
        foreach (var (store, resource) in new[] { ("SiloCluster", "wego.dev siloclusters"), ("ConfigMap", " configmaps") })
        {
            var objects = Manifests.Parse(await Helm.TemplateAsync(helm, "--set", $"cluster.store={store}"));
            var role = objects.One("Role", "wego-cluster");
            role.Namespace().ShouldBe("wego-system");
            Rights.Of(role).ShouldBe([$"{resource} create", $"{resource} get", $"{resource} update"]);
            var settings = JsonNode.Parse(objects.One("ConfigMap")["data"]!["appsettings.Production.json"]!.GetValue<string>())!["Wego"]!["Cluster"]!;
            settings["Store"]!.GetValue<string>().ShouldBe(store);
            role["rules"]![0]!["resourceNames"]!.ToJsonString().ShouldBe($"""["{settings["ClusterId"]!.GetValue<string>()}"]""");
            // The settings are read by people and tools; the members are written by silos.
            settings["ClusterId"]!.GetValue<string>().ShouldNotBe(objects.One("ConfigMap").Name());
        }
    }

    [Theory]
    [EachHelm]
    public async Task WhatIsGrantedToUsersIsAboutTheirRepositoriesOnly(string helm)
    {
        var aggregated = Manifests.Parse(await Helm.TemplateAsync(helm)).Where(IsAggregated).ToArray();
        aggregated.Select(r => r.Name()).ShouldBe(["wego-repositories-view", "wego-repositories-edit"], ignoreOrder: true);
        aggregated.SelectMany(Rights.Of).ShouldAllBe(r => r.StartsWith("kubeapps.com apprepositories ", StringComparison.Ordinal));
        Manifests.Parse(await Helm.TemplateAsync(helm, "--set", "rbac.aggregate=false")).Where(IsAggregated).ShouldBeEmpty();
    }

    private static bool IsAggregated(JsonObject role) =>
        role["metadata"]!["labels"] is JsonObject labels && labels.Any(l => l.Key.StartsWith("rbac.authorization.k8s.io/aggregate-to-", StringComparison.Ordinal));

    // Wego's own, of the whole cluster: what a release grants itself in its own namespace is not in the manifest.
    private static IEnumerable<string> Text(IEnumerable<JsonObject> objects) => objects
        .Where(o => o.Kind() is "ClusterRole" or "ClusterRoleBinding" && !IsAggregated(o))
        .Select(o => $"{o.Kind()} {o.Name()}: {(o.Kind() == "ClusterRole" ? string.Join(", ", Rights.Of(o)) : $"{o["roleRef"]!.ToJsonString()} {o["subjects"]!.ToJsonString()}")}");
}
