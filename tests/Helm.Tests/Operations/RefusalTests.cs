using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Helm.Tests.Operations;

/// <summary>What the real Helm or the cluster refuses, as precise statuses.</summary>
public sealed class RefusalTests(TestClusters clusters)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [EachHelm]
    public async Task A_name_that_is_taken_or_not_known_is_told_apart(string server, string helm)
    {
        using var scenario = await ScenarioAsync(server, helm);

        (await RefusedAsync(() => scenario.UpdateAsync("1.0.0"))).Code.ShouldBe(PackageErrorCode.NotFound);
        (await RefusedAsync(() => scenario.RollbackAsync(0))).Code.ShouldBe(PackageErrorCode.NotFound);
        (await RefusedAsync(scenario.DeleteAsync)).Code.ShouldBe(PackageErrorCode.NotFound);

        await scenario.CreateAsync("1.0.0");
        (await RefusedAsync(() => scenario.CreateAsync("1.0.0"))).Code.ShouldBe(PackageErrorCode.AlreadyExists);
        (await RefusedAsync(() => scenario.RollbackAsync(7))).Code.ShouldBe(PackageErrorCode.NotFound);
        (await RefusedAsync(() => scenario.RollbackAsync(-1))).Code.ShouldBe(PackageErrorCode.InvalidArgument);

        (await scenario.InstalledAsync())!.Status.Ready.ShouldBeTrue();
        await scenario.DeleteAsync();
    }

    [Theory]
    [EachHelm]
    public async Task Who_may_not_read_secrets_installs_nothing(string server, string helm)
    {
        using var scenario = await ScenarioAsync(server, helm);
        var request = new CreateInstalledPackage { Ref = scenario.Package, Package = scenario.Archive("1.0.0").Package, Archive = scenario.Archive("1.0.0") };

        var refused = await Should.ThrowAsync<KubernetesException>(() => scenario.Format.CreateAsync(request, scenario.Viewer, Cancellation));

        KubernetesErrors.CodeOf(refused.Failure).ShouldBe(PackageErrorCode.PermissionDenied);
        refused.Message.ShouldContain("secrets is forbidden");
        (await scenario.ObjectsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [EachHelm]
    public async Task What_Helm_itself_is_forbidden_is_permission_denied(string server, string helm)
    {
        using var scenario = await ScenarioAsync(server, helm);
        scenario.Archives.Charts["1.0.0"] = TestChart.Create(
            "1.0.0",
            ("demo/templates/role.yaml", "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: not-for-team-a}\nrules: []\n"));

        var refused = await RefusedAsync(() => scenario.CreateAsync("1.0.0"));

        refused.Code.ShouldBe(PackageErrorCode.PermissionDenied);
        refused.Message.ShouldContain("forbidden");
        (await scenario.ObjectsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [EachHelm]
    public async Task A_chart_without_its_dependencies_is_refused_naming_them(string server, string helm)
    {
        using var scenario = await ScenarioAsync(server, helm);
        scenario.Archives.Charts["1.0.0"] = TestChart.Create(
            "1.0.0",
            ("demo/Chart.yaml", "apiVersion: v2\nname: demo\nversion: 1.0.0\ndependencies: [{name: postgresql, version: 1.0.0, repository: https://example.com}]\n"));

        var refused = await RefusedAsync(() => scenario.CreateAsync("1.0.0"));

        refused.Code.ShouldBe(PackageErrorCode.FailedPrecondition);
        refused.Message.ShouldContain("postgresql");
        (await scenario.ObjectsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [EachHelm]
    public async Task Values_that_the_chart_or_its_schema_refuses_are_invalid(string server, string helm)
    {
        using var scenario = await ScenarioAsync(server, helm);
        scenario.Archives.Charts["1.0.0"] = TestChart.Create(
            "1.0.0",
            ("demo/values.schema.json", """{"type":"object","properties":{"text":{"type":"string"}}}"""),
            ("demo/templates/needs.yaml", "# {{ required \"who is needed\" .Values.who }}"));

        var bySchema = await RefusedAsync(() => scenario.CreateAsync("1.0.0", "text: 1"));
        var byTemplate = await RefusedAsync(() => scenario.CreateAsync("1.0.0", "text: one"));
        var byWego = await RefusedAsync(() => scenario.CreateAsync("1.0.0", "- text"));

        bySchema.Code.ShouldBe(PackageErrorCode.InvalidArgument);
        bySchema.Message.ShouldContain("schema");
        byTemplate.Code.ShouldBe(PackageErrorCode.InvalidArgument);
        byTemplate.Message.ShouldContain("who is needed");
        byWego.Code.ShouldBe(PackageErrorCode.InvalidArgument);
        byWego.Message.ShouldStartWith("values: ");
        (await scenario.ObjectsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [EachHelm]
    public async Task A_failed_installation_leaves_nothing_and_a_failed_upgrade_says_so(string server, string helm)
    {
        using var scenario = await ScenarioAsync(server, helm);
        scenario.Archives.Charts["2.0.0"] = TestChart.Create(
            "2.0.0", ("demo/templates/bad.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: \"{{ .Release.Name }}_BAD\"}\n"));

        var install = await RefusedAsync(() => scenario.CreateAsync("2.0.0"));

        install.Code.ShouldBe(PackageErrorCode.InvalidArgument, install.Message);
        install.Message.ShouldContain("_BAD");
        (await scenario.ObjectsAsync()).ShouldBeEmpty();
        (await scenario.FindAsync("", "v1", "configmaps", scenario.Package.Name)).ShouldBeNull();

        await scenario.CreateAsync("1.0.0");
        (await RefusedAsync(() => scenario.UpdateAsync("2.0.0"))).Code.ShouldBe(PackageErrorCode.InvalidArgument);
        var failed = (await scenario.InstalledAsync())!;
        failed.Status.Reason.ShouldBe(PackageStatusReason.Failed);
        failed.Status.UserReason.ShouldStartWith("failed: ");
        failed.Status.UserReason.ShouldContain("_BAD");

        await scenario.UpdateAsync("1.0.0");
        (await scenario.InstalledAsync())!.Status.Ready.ShouldBeTrue();
        await scenario.DeleteAsync();
    }

    [Theory]
    [EachHelm]
    public async Task A_namespace_that_is_not_there_is_not_found(string server, string helm)
    {
        using var scenario = await ScenarioAsync(server, helm);
        var cluster = await clusters.GetAsync(server, Cancellation);
        var request = new CreateInstalledPackage
        {
            Ref = scenario.Package with { Namespace = "nowhere" },
            Package = scenario.Archive("1.0.0").Package,
            Archive = scenario.Archive("1.0.0"),
        };
        var admin = scenario.TeamA with { Identity = KubernetesIdentity.Bearer(cluster.Admin) };

        (await RefusedAsync(() => scenario.Format.CreateAsync(request, admin, Cancellation))).Code.ShouldBe(PackageErrorCode.NotFound);
    }

    [Theory]
    [EachHelm]
    public async Task A_token_that_the_cluster_does_not_know_is_unauthenticated(string server, string helm)
    {
        using var scenario = await ScenarioAsync(server, helm);
        var nobody = scenario.TeamA with { Identity = KubernetesIdentity.Bearer("no-such-token") };

        var refused = await Should.ThrowAsync<KubernetesException>(() => scenario.Format.DeleteAsync(scenario.Package, nobody, Cancellation));

        KubernetesErrors.CodeOf(refused.Failure).ShouldBe(PackageErrorCode.Unauthenticated);
    }

    private static Task<PackageException> RefusedAsync(Func<Task> operation) => Should.ThrowAsync<PackageException>(operation);

    private async Task<HelmScenario> ScenarioAsync(string server, string helm)
    {
        var scenario = new HelmScenario(await clusters.GetAsync(server, Cancellation), helm);
        scenario.Archives.Charts["1.0.0"] = TestChart.Create("1.0.0");
        return scenario;
    }
}
