using System.Net;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Wego.EndToEnd;
using Wego.EndToEnd.Formats;
using Wego.Testing.ApiServers;

namespace Wego.Chart.Tests;

/// <summary>As an operator would: the chart applied to a real kube-apiserver, Wego started with what was rendered, users at work.</summary>
[Trait(Needs.Trait, Needs.KubeApiServer)]
[Trait(Needs.Trait, Needs.Helm)]
public sealed class InstalledChartTests
{
    private const string Namespace = TestIdentities.TeamANamespace;

    [Fact]
    public async Task TheRightsAreEnoughAndNoneIsSuperfluous()
    {
        SkipWhereSomethingIsMissing();
        await using var chart = await InstalledChart.StartAsync(_ => []);
        await WorkAsync(chart);
        await ProbesAnswerAsync(chart);
        await MetricsAreServedAsync(chart);
        var role = chart.Objects.One("ClusterRole", "wego");
        var requests = await chart.StopAsync();

        requests.Where(r => !r.Allowed).ShouldBeEmpty();
        Rights.Of(role).Except(requests.Select(r => r.Right)).ShouldBeEmpty("granted, but never asked for");
        requests.ShouldContain(r => r.Reason.Contains("of ClusterRole \"view\"", StringComparison.Ordinal));
        requests.Select(r => r.Right.Split(' ')[^1]).Distinct().ShouldBe(["get", "list", "watch"], ignoreOrder: true);
    }

    [Fact]
    public async Task WithEverythingSwitchedOnAndRightsInOneNamespaceTheSameWorks()
    {
        SkipWhereSomethingIsMissing();
        await using var chart = await InstalledChart.StartAsync(server =>
        [
            "--set", $"rbac.namespaces={{{Namespace}}}",
            "--set", "settings.Audit.Events=true",
            "--set", "settings.Dashboard.Operators=true", "--set", "settings.Dashboard.Directory=/dashboard",
            "--set", "extraVolumes[0].name=dashboard", "--set", "extraVolumes[0].configMap.name=dashboard",
            "--set", "extraVolumeMounts[0].name=dashboard", "--set", "extraVolumeMounts[0].mountPath=/dashboard",
            // The same server once more: it knows the caller's token there, too.
            "--set", "clusters[0].name=second", "--set", $"clusters[0].apiServiceURL={server.Address}", "--set", "clusters[0].insecure=true",
        ]);
        await WorkAsync(chart);
        await DashboardIsServedAsync(chart);
        using var admin = chart.User(chart.Server.Identities.Admin);
        var names = await admin.CallAsync<GetNamespaceNamesResponse>(Wire.Resources("GetNamespaceNames"), new GetNamespaceNamesRequest { Cluster = "second" });
        names.NamespaceNames.ShouldContain("wego-system");
        var unknown = await admin.FailAsync(Wire.Resources("GetNamespaceNames"), new GetNamespaceNamesRequest { Cluster = "third" });
        unknown.Message.ShouldContain("third");
        var role = chart.Objects.One("Role", "wego");
        var requests = await chart.StopAsync();

        requests.Where(r => !r.Allowed).ShouldBeEmpty();
        Rights.Of(chart.Objects.One("ClusterRole", "wego")).Except(requests.Select(r => r.Right)).ShouldBeEmpty("granted, but never asked for");
        Rights.Of(role).Except(requests.Where(r => r.Namespace == Namespace).Select(r => r.Right)).ShouldBeEmpty();
        requests.ShouldContain(r => r.Reason.Contains($"RoleBinding \"wego-view/{Namespace}\"", StringComparison.Ordinal));
        requests.Where(r => r.Namespace.Length == 0).ShouldAllBe(r => !r.Right.EndsWith(" get", StringComparison.Ordinal));
    }

    // With one user's rights: every format, a repository with credentials, and names of namespaces, which that user may not list.
    private static async Task WorkAsync(InstalledChart chart)
    {
        using var team = chart.User(chart.Server.Identities.TeamA);
        await new FormatsJourney(team, FormatCase.All(chart.Sample), own: false).RunAsync("chart");

        var add = Wire.Add(Namespace, "private", chart.Sample.Address);
        add.Auth = new PackageRepositoryAuth
        {
            Type = PackageRepositoryAuth.Types.PackageRepositoryAuthType.BasicAuth,
            UsernamePassword = new UsernamePassword { Username = "reader", Password = "not-looked-at" },
        };
        await team.CallAsync<AddPackageRepositoryResponse>(Wire.Repositories("AddPackageRepository"), add);
        (await team.PageAsync(filter: new FilterOptions { Repositories = { "private" } })).AvailablePackageSummaries.ShouldNotBeEmpty();

        var names = await team.CallAsync<GetNamespaceNamesResponse>(Wire.Resources("GetNamespaceNames"), new GetNamespaceNamesRequest { Cluster = "default" });
        names.NamespaceNames.ShouldBe([Namespace]);
        chart.Silo.Log.ShouldNotContain(chart.Server.Identities.TeamA.Token);
    }

    private static async Task ProbesAnswerAsync(InstalledChart chart)
    {
        var container = chart.Objects.One("Deployment")["spec"]!["template"]!["spec"]!["containers"]![0]!;
        using var kubelet = new HttpClient { BaseAddress = chart.Silo.Address };
        foreach (var probe in new[] { "startupProbe", "readinessProbe", "livenessProbe" })
        {
            using var response = await kubelet.GetAsync(container[probe]!["httpGet"]!["path"]!.GetValue<string>(), TestContext.Current.CancellationToken);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, $"{probe}: {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        }
    }

    private static async Task MetricsAreServedAsync(InstalledChart chart)
    {
        using var prometheus = new HttpClient();
        var text = await prometheus.GetStringAsync(new Uri(chart.Silo.Metrics, "/metrics"), TestContext.Current.CancellationToken);
        text.ShouldContain("# TYPE");
        text.ShouldNotContain(chart.Server.Identities.TeamA.Token);
    }

    // Its files are a ConfigMap here, which a volume of the operator's brings into the pod. There is no operator whose logo could be shown.
    private static async Task DashboardIsServedAsync(InstalledChart chart)
    {
        using var browser = new HttpClient { BaseAddress = chart.Silo.Address };
        (await browser.GetStringAsync("/", TestContext.Current.CancellationToken)).ShouldBe(InstalledChart.DashboardPage);
        using var logo = await browser.GetAsync($"/apis/operators/namespaces/{Namespace}/operator/etcd/logo", TestContext.Current.CancellationToken);
        logo.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static void SkipWhereSomethingIsMissing()
    {
        Assert.SkipWhen(HelmPrograms.MissingReason() is not null, HelmPrograms.MissingReason() ?? "");
        Assert.SkipWhen(ApiServerAssets.MissingReason() is not null, ApiServerAssets.MissingReason() ?? "");
    }
}
