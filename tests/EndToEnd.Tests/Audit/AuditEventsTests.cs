using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Wego.Kubernetes;
using Wego.Sandbox;

namespace Wego.EndToEnd.Audit;

/// <summary>With <c>Wego:Audit:Events=true</c> changes are told on what they changed, with the rights of <c>deploy/rbac/wego.yaml</c>.</summary>
public sealed class AuditEventsTests
{
    [Fact]
    public async Task Changes_are_events_on_their_objects()
    {
        await using var wego = await WegoFixture.StartAsync(beforeStart: null, "Wego:Audit:Events=true");
        using var user = wego.User(SandboxTokens.TeamA);
        await user.AddRepositoryAsync("team-a", "told", wego.SampleRepository);
        await user.CallAsync<CreateSecretResponse>(
            Wire.Resources("CreateSecret"), new CreateSecretRequest { Context = Wire.In("team-a"), Name = "told-secret", StringData = { ["password"] = "s3cret-password" } });
        await user.FailAsync(Wire.Packages("DeleteInstalledPackage"), new DeleteInstalledPackageRequest { InstalledPackageRef = Wire.Installed("team-a", "absent") });

        // Those that wait are written before it stops.
        await wego.RestartWegoAsync();

        var events = wego.Cluster.Store.List(new GroupVersionResource("", "v1", "events"), "team-a").Where(e => e.Text("source", "component") == "wego").ToArray();
        events.Select(e => (e.Text("involvedObject", "kind"), e.Text("involvedObject", "name"), e.Text("reason"), e.Text("type")))
            .ShouldBe([("HelmRepository", "told", "AddPackageRepository", "Normal"), ("Secret", "told-secret", "CreateSecret", "Normal")], ignoreOrder: true);
        events.Select(e => e.Text("message")).ShouldAllBe(m => m.StartsWith($"{SandboxTokens.TeamA} called ", StringComparison.Ordinal));
        events.Select(e => e.Text("involvedObject", "uid")).ShouldAllBe(uid => uid.Length > 0);
    }
}
