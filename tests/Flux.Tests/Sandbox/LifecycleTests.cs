using Microsoft.Extensions.Logging.Abstractions;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Flux;
using Wego.Sandbox.Charts;
using Wego.Sandbox.Controllers;

namespace Wego.Flux.Tests;

/// <summary>The way of a user of team A, with the sandbox's stand-ins for the controllers of Flux.</summary>
public sealed class LifecycleTests
{
    private const string TeamA = "team-a";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_repository_is_added_and_a_package_installed_changed_and_deleted()
    {
        await using var samples = await SampleRepository.StartAsync(cancellationToken: Cancellation);
        await using var sandbox = await SandboxFixture.StartAsync();
        await using var controllers = await SandboxControllers.StartAsync(
            sandbox.Admin, new SandboxControllersOptions { Startup = TimeSpan.FromMilliseconds(1), Poll = TimeSpan.FromMilliseconds(1) }, TimeProvider.System, NullLoggerFactory.Instance, Cancellation);
        var repository = new RepositoryRef(FluxPlugin.PluginId, "default", TeamA, "samples");
        var package = new InstalledPackageRef(FluxPlugin.PluginId, "default", TeamA, "web");

        await sandbox.Repositories.AddAsync(
            new AddRepository { Ref = repository, Type = "helm", Url = samples.Address.ToString(), NamespaceScoped = true, Description = "Samples" }, sandbox.TeamA, Cancellation);
        var added = await sandbox.WaitAsync(FluxKinds.HelmRepositories, TeamA, "samples", o => sandbox.Repositories.ReadRepository("default", o).Status.Ready);
        sandbox.Repositories.ReadRepository("default", added).Description.ShouldBe("Samples");

        var catalogue = (await sandbox.Repositories.RefreshAsync(repository, added, null, sandbox.Service, Cancellation)).Catalogue!;
        var chart = catalogue.Packages.First(p => p.Versions.Count > 1);
        var (old, newest) = (chart.Versions[1].Version, chart.Versions[0].Version);
        (await sandbox.Repositories.FetchContentAsync(repository, added, chart, newest, sandbox.Service, Cancellation)).DefaultValues.ShouldNotBeEmpty();

        await sandbox.Packages.CreateAsync(
            new CreateInstalledPackage { Ref = package, Package = new AvailablePackageRef(repository, chart.Name), VersionReference = old, Values = "replicaCount: 1" }, sandbox.TeamA, Cancellation);
        var installed = await ReadyAsync(sandbox, old);
        var detail = await sandbox.Packages.ReadDetailAsync(package, [installed], sandbox.TeamA, Cancellation);
        detail.ValuesApplied.ShouldBe("""{"replicaCount":1}""");
        detail.Reconciliation.ShouldBe(new ReconciliationOptions("1m", false, ""));
        detail.Package.Source!.Identifier.ShouldBe($"samples/{chart.Name}");
        (await sandbox.Packages.ReadResourcesAsync(package, [installed], sandbox.TeamA, Cancellation)).ShouldNotBeEmpty();

        await sandbox.Packages.UpdateAsync(new UpdateInstalledPackage { Ref = package, VersionReference = newest }, sandbox.TeamA, Cancellation);
        var updated = await ReadyAsync(sandbox, newest);
        (await sandbox.Packages.ReadDetailAsync(package, [updated], sandbox.TeamA, Cancellation)).ValuesApplied.ShouldBeEmpty();

        await sandbox.Packages.DeleteAsync(package, sandbox.TeamA, Cancellation);
        await sandbox.Repositories.DeleteAsync(repository, sandbox.TeamA, Cancellation);
        (await Should.ThrowAsync<KubernetesException>(() => sandbox.GetAsync(FluxKinds.HelmRepositories, TeamA, "samples"))).Failure.ShouldBe(KubernetesFailure.NotFound);
    }

    private static Task<KubernetesObject> ReadyAsync(SandboxFixture sandbox, string version) => sandbox.WaitAsync(
        FluxKinds.HelmReleases,
        TeamA,
        "web",
        o => sandbox.Packages.ReadInstalled("default", o) is { Status.Ready: true } found && found.CurrentVersion?.Version == version);
}
