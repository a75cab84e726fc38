using System.Text.Json;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Wego.EndToEnd.Formats;
using Wego.Kubernetes;
using Wego.Sandbox;

namespace Wego.EndToEnd;

/// <summary>
/// Of what the chart grants Wego nothing is superfluous. That nothing is missing every test finds out: <see cref="WegoFixture"/> fails
/// where Wego was refused something.
/// </summary>
public sealed class ServiceRightsTests
{
    private const string Namespace = "team-a";

    [Fact]
    public async Task EveryRightIsUsed()
    {
        using var dashboard = new DashboardFolder();
        await using var wego = await WegoFixture.StartAsync(
            beforeStart: null, "Wego:Audit:Events=true", "Wego:Dashboard:Operators=true", $"Wego:Dashboard:Directory={dashboard.Path}", "Wego:Helm:Executable=/nowhere/helm");
        using var user = wego.User(SandboxTokens.TeamA);
        await new FormatsJourney(user, [.. FormatCase.All(wego.Sample).Where(f => f.Plugin.Name != "helm.packages")], own: false).RunAsync("rights");
        await ReadWithCredentialsAsync(user, wego.SampleRepository);
        await user.CallAsync<GetNamespaceNamesResponse>(Wire.Resources("GetNamespaceNames"), new GetNamespaceNamesRequest { Cluster = "default" });
        using var browser = wego.Rest(SandboxTokens.TeamA);
        using var logo = await browser.GetAsync($"/apis/operators/namespaces/{Namespace}/operator/etcd/logo", TestContext.Current.CancellationToken);

        // Events that wait are written before it stops.
        await wego.RestartWegoAsync();

        var decisions = wego.Cluster.Requests.Decisions.Where(d => d.User == SandboxTokens.ServiceUser && d.Allowed).ToArray();
        var granted = Granted(wego.Cluster.Store.Get(new GroupVersionResource("rbac.authorization.k8s.io", "v1", "clusterroles"), "", "wego")!).ToArray();
        granted.Length.ShouldBeGreaterThan(10);
        granted.Except(decisions.Select(d => d.Right)).ShouldBeEmpty("granted, but never asked for");
        decisions.ShouldContain(d => d.Reason.Contains("of ClusterRole \"view\"", StringComparison.Ordinal), "what packages consist of");
        decisions.Select(d => d.Verb).Where(v => v is "update" or "patch" or "delete").ShouldBeEmpty();
    }

    private static async Task ReadWithCredentialsAsync(User user, Uri repository)
    {
        var add = Wire.Add(Namespace, "private", repository);
        add.Auth = new PackageRepositoryAuth
        {
            Type = PackageRepositoryAuth.Types.PackageRepositoryAuthType.BasicAuth,
            UsernamePassword = new UsernamePassword { Username = "reader", Password = "not-looked-at" },
        };
        await user.CallAsync<AddPackageRepositoryResponse>(Wire.Repositories("AddPackageRepository"), add);
        (await user.PageAsync(filter: new FilterOptions { Repositories = { "private" } })).AvailablePackageSummaries.ShouldNotBeEmpty();
    }

    private static IEnumerable<string> Granted(KubernetesObject role) =>
        from rule in role.Find("rules").EnumerateArray()
        from apiGroup in Texts(rule, "apiGroups")
        from resource in Texts(rule, "resources")
        from verb in Texts(rule, "verbs")
        select $"{apiGroup} {resource} {verb}";

    private static IEnumerable<string> Texts(JsonElement rule, string name) => rule.GetProperty(name).EnumerateArray().Select(t => t.GetString()!);
}
