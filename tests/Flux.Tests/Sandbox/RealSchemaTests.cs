using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Flux;
using Wego.Plugins.Secrets;

namespace Wego.Flux.Tests;

/// <summary>What is written meets the schemas that Flux publishes, and the rights of the caller.</summary>
public sealed class RealSchemaTests
{
    private static readonly RepositoryRef s_repository = new(FluxPlugin.PluginId, "default", "team-a", "charts");
    private static readonly InstalledPackageRef s_package = new(FluxPlugin.PluginId, "default", "team-a", "web");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_repository_and_its_Secrets_are_accepted_changed_and_collected()
    {
        await using var sandbox = await StartAsync();
        var request = new AddRepository
        {
            Ref = s_repository,
            Type = "oci",
            Url = "oci://registry.example/charts",
            NamespaceScoped = true,
            Interval = "90s",
            Auth = new RepositoryAuth
            {
                Type = RepositoryAuthType.DockerConfigJson,
                DockerCredentials = new DockerCredentials("registry.example", "anna", "secret-word", ""),
                PassCredentials = true,
            },
            Tls = new RepositoryTls(false, "PEM", null),
        };

        await sandbox.Repositories.AddAsync(request, sandbox.TeamA, Cancellation);
        var added = await sandbox.GetAsync(FluxKinds.HelmRepositories, "team-a", "charts");
        var detail = await sandbox.Repositories.ReadDetailAsync(s_repository, added, sandbox.TeamA, Cancellation);
        await sandbox.Repositories.UpdateAsync(
            new UpdateRepository { Ref = s_repository, Url = request.Url, Interval = detail.Interval, Auth = detail.Auth, Tls = detail.Tls }, sandbox.TeamA, Cancellation);
        var unchanged = await sandbox.GetAsync(FluxKinds.HelmRepositories, "team-a", "charts");
        await sandbox.Repositories.UpdateAsync(new UpdateRepository { Ref = s_repository, Url = request.Url }, sandbox.TeamA, Cancellation);

        detail.Interval.ShouldBe("1m30s");
        detail.Auth!.PassCredentials.ShouldBeTrue();
        unchanged.Text("spec", "secretRef", "name").ShouldBe(added.Text("spec", "secretRef", "name"));
        unchanged.Text("spec", "certSecretRef", "name").ShouldNotBeEmpty();
        var secrets = await sandbox.Admin.ListAsync(KubernetesIdentity.Service, FluxKinds.Secrets, "team-a", new ListOptions(), Cancellation);
        secrets.Items.ShouldNotContain(s => s.Annotation(SecretOwnership.ManagedByAnnotation) != null);
    }

    [Fact]
    public async Task A_release_with_every_field_is_accepted()
    {
        await using var sandbox = await StartAsync();

        await sandbox.Packages.CreateAsync(
            new CreateInstalledPackage
            {
                Ref = s_package,
                Package = new AvailablePackageRef(s_repository, "charts/podinfo"),
                VersionReference = ">=1.0.0 <2.0.0",
                Values = "a: {b: [1, 2.5, yes, ~]}",
                Reconciliation = new ReconciliationOptions("1h0m30s", true, "deployer"),
            },
            sandbox.TeamA,
            Cancellation);

        var created = await sandbox.GetAsync(FluxKinds.HelmReleases, "team-a", "web");
        created.Find("spec", "values").GetRawText().ShouldBe("""{"a":{"b":[1,2.5,true,null]}}""");
        created.Text("spec", "interval").ShouldBe("1h30s");
    }

    [Fact]
    public async Task Elsewhere_the_caller_may_not_and_nothing_is_left_behind()
    {
        await using var sandbox = await StartAsync();
        var request = new AddRepository
        {
            Ref = s_repository with { Namespace = "default" },
            Type = "helm",
            Url = "https://charts.example",
            NamespaceScoped = true,
            Auth = new RepositoryAuth { Type = RepositoryAuthType.BasicAuth, UsernamePassword = new UsernamePassword("anna", "secret-word") },
        };

        var refused = await Should.ThrowAsync<KubernetesException>(() => sandbox.Repositories.AddAsync(request, sandbox.TeamA, Cancellation));

        refused.Failure.ShouldBe(KubernetesFailure.Forbidden);
        refused.Message.ShouldNotContain("secret-word");
        (await sandbox.Admin.ListAsync(KubernetesIdentity.Service, FluxKinds.Secrets, "default", new ListOptions(), Cancellation)).Items
            .ShouldNotContain(s => s.Name.StartsWith("charts-", StringComparison.Ordinal));
    }

    private static async Task<SandboxFixture> StartAsync()
    {
        var files = new[] { "helm.toolkit.fluxcd.io_helmreleases.yaml", "source.toolkit.fluxcd.io_helmrepositories.yaml" }.Select(f => TestPaths.Shared($"crds/{f}")).ToList();
        Assert.SkipWhen(files.Contains(null), "The definitions that Flux publishes are not here: set WEGO_SHARED to the folder that holds crds/.");
        return await SandboxFixture.StartAsync([.. files.Select(f => File.ReadAllText(f!))]);
    }
}
