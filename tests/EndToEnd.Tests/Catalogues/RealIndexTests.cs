using System.Diagnostics;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.Sandbox;

namespace Wego.EndToEnd;

/// <summary>The indexes of two large public repositories, as they are: 129 and 46 charts in more than 34,000 versions.</summary>
public sealed class RealIndexTests : IAsyncLifetime
{
    private WegoFixture? _wego;
    private ChartServer? _charts;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BothArePagedThroughCompletelyAndWarmPagesAskTheClusterNothing()
    {
        using var user = await StartAsync();
        var all = await user.AllPagesAsync(20);
        var keys = all.Select(p => p.AvailablePackageRef.Identifier).ToArray();
        // Without those that are deprecated in their newest version.
        keys.Count(k => k.StartsWith("bitnami/", StringComparison.Ordinal)).ShouldBe(118);
        keys.Count(k => k.StartsWith("prometheus/", StringComparison.Ordinal)).ShouldBe(44);
        keys.Distinct().Count().ShouldBe(162);
        all.Select(p => p.Name).ShouldBeInOrder();

        var found = await user.AllPagesAsync(5, new FilterOptions { Query = "prometheus" });
        found.Count.ShouldBeInRange(10, 100);
        found.ShouldContain(p => p.AvailablePackageRef.Identifier == "prometheus/kube-prometheus-stack");
        found.Select(p => p.AvailablePackageRef.Identifier).ShouldBeUnique();

        var requests = _wego!.Cluster.Requests;
        requests.All.ShouldContain(r => r.UserAgent.StartsWith("wego/", StringComparison.Ordinal));
        requests.Clear();
        (await user.AllPagesAsync(20, new FilterOptions { Query = "server" })).ShouldNotBeEmpty();
        (await user.AllPagesAsync(20)).Count.ShouldBe(162);
        requests.All.Where(r => r.UserAgent.StartsWith("wego/", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task VersionsAreThoseOfTheIndex()
    {
        using var user = await StartAsync();
        var versions = await user.CallAsync<GetAvailablePackageVersionsResponse>(
            Wire.Packages("GetAvailablePackageVersions"), new GetAvailablePackageVersionsRequest { AvailablePackageRef = Wire.Available("team-a", "bitnami/nginx") });
        versions.PackageAppVersions.Count.ShouldBeGreaterThan(5);
        versions.PackageAppVersions.Select(v => v.PkgVersion).ShouldBeUnique();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_wego is not null)
        {
            await _wego.DisposeAsync();
            await _charts!.DisposeAsync();
        }
    }

    private async Task<User> StartAsync()
    {
        var bitnami = await ReadAsync("bitnami");
        var prometheus = await ReadAsync("prometheus");
        // Access decisions outlive the test, so that a slow machine does not look like one that asks again.
        _wego = await WegoFixture.StartAsync(beforeStart: null, "Wego:Kubernetes:AllowedAccessLifetime=00:10:00", "Wego:Frontend:CatalogueWait=00:01:00");
        _charts = await ChartServer.StartAsync();
        _charts.AnswerPaths(new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["/bitnami/index.yaml"] = bitnami, ["/prometheus/index.yaml"] = prometheus });
        var user = _wego.User(SandboxTokens.TeamA);
        await user.AddRepositoryAsync("team-a", "bitnami", _charts.Repository("bitnami/"));
        await user.AddRepositoryAsync("team-a", "prometheus", _charts.Repository("prometheus/"));
        return user;
    }

    private static async Task<byte[]> ReadAsync(string name)
    {
        var path = TestPaths.Shared($"data/{name}-index.yaml.xz");
        Assert.SkipWhen(path is null, $"the shared test data has no data/{name}-index.yaml.xz; set WEGO_SHARED to the folder that has it");
        Process xz;
        try
        {
            xz = Process.Start(new ProcessStartInfo("xz", ["--decompress", "--stdout", path!]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("xz is not installed");
            throw;
        }

        using (xz)
        {
            var content = new MemoryStream();
            await xz.StandardOutput.BaseStream.CopyToAsync(content, Cancellation);
            await xz.WaitForExitAsync(Cancellation);
            xz.ExitCode.ShouldBe(0);
            return content.ToArray();
        }
    }
}
