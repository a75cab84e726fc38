using System.Text;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Microsoft.AspNetCore.Http;
using Wego.Kubernetes;
using Wego.Rpc;
using Wego.Sandbox;

namespace Wego.EndToEnd;

/// <summary>Repositories that fail in the ways repositories do: beside a good one, the page goes on and names them.</summary>
public sealed class RepositoryFaultTests(RepositoryFaultTests.Fixture wego) : IClassFixture<RepositoryFaultTests.Fixture>
{
    private const string Missing = "wego-missing-repositories";

    private static readonly GroupVersionResource s_repositories = new("source.toolkit.fluxcd.io", "v1", "helmrepositories");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnUnreachableOneIsNamedAndHasFailed()
    {
        await using var gone = await ChartServer.StartAsync();
        var address = gone.Address;
        await gone.DisposeAsync();
        await IsMissingAsync("unreachable", address, "Unavailable");
    }

    [Fact]
    public async Task ASlowOneIsWaitedForABoundedTime()
    {
        await using var charts = await ChartServer.StartAsync();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        charts.Answer(async http =>
        {
            await release.Task.WaitAsync(http.RequestAborted);
            await http.Response.WriteAsync(TestIndex.Of(["late"]), http.RequestAborted);
        });
        using var user = wego.User(SandboxTokens.TeamA);
        await user.AddRepositoryAsync("team-a", "slow", charts.Address);
        var page = await user.PageAsync(10);
        page.AvailablePackageSummaries.Select(p => p.Name).ShouldContain("hello-web");
        page.AvailablePackageSummaries.Select(p => p.Name).ShouldNotContain("late");
        user.Headers[Missing].ToString().ShouldContain("team-a/slow=Unavailable");

        release.SetResult();
        var versions = await user.CallAsync<GetAvailablePackageVersionsResponse>(
            Wire.Packages("GetAvailablePackageVersions"), new GetAvailablePackageVersionsRequest { AvailablePackageRef = Wire.Available("team-a", "slow/late") });
        versions.PackageAppVersions.Count.ShouldBe(1);
        (await user.PageAsync(10)).AvailablePackageSummaries.Select(p => p.Name).ShouldContain("late");
        await user.RemoveRepositoryAsync("team-a", "slow");
    }

    [Fact]
    public async Task OneThatAnswersWithAWebPageIsNamedAndTold()
    {
        await using var charts = await ChartServer.StartAsync();
        charts.AnswerText("<!DOCTYPE html><html><body>Please sign in</body></html>", "text/html");
        var reason = await IsMissingAsync("html", charts.Address, "FailedPrecondition");
        reason.ShouldContain("HTML", Case.Insensitive);
    }

    [Fact]
    public async Task OfABrokenEntryOnlyTheEntryIsMissing()
    {
        await using var charts = await ChartServer.StartAsync();
        charts.AnswerText(TestIndex.Of(["good-1", "good-2"]) + "  bad:\n    - name: bad\n  worse: 7\n");
        using var user = wego.User(SandboxTokens.TeamA);
        await user.AddRepositoryAsync("team-a", "broken", charts.Address);
        var filter = new FilterOptions { Repositories = { "broken" } };
        (await user.PageAsync(10, "", filter)).AvailablePackageSummaries.Select(p => p.Name).ShouldBe(["good-1", "good-2"]);
        user.Headers.ContainsKey(Missing).ShouldBeFalse();
        (await user.RepositoryAsync("team-a", "broken")).Status.UserReason.ShouldContain("bad");
        await user.RemoveRepositoryAsync("team-a", "broken");
    }

    [Fact]
    public async Task OneWithoutEndIsCutOffAtTheLimit()
    {
        await using var charts = await ChartServer.StartAsync();
        charts.Answer(async http =>
        {
            if (http.Request.Headers.UserAgent != "wego")
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            var piece = Encoding.UTF8.GetBytes(TestIndex.Of([]) + new string('#', 1 << 20) + "\n");
            for (var i = 0; i < 1024; i++)
            {
                await http.Response.Body.WriteAsync(piece, http.RequestAborted);
            }
        });
        var reason = await IsMissingAsync("endless", charts.Address, "");
        reason.ShouldContain("268435456");
    }

    [Fact]
    public async Task RedirectsAreFollowedButNotForEver()
    {
        await using var charts = await ChartServer.StartAsync();
        charts.Answer(http =>
        {
            if (http.Request.Path == "/moved/index.yaml")
            {
                http.Response.Redirect("/here/index.yaml");
                return Task.CompletedTask;
            }

            if (http.Request.Path == "/here/index.yaml")
            {
                return http.Response.WriteAsync(TestIndex.Of(["moved-chart"]), http.RequestAborted);
            }

            http.Response.Redirect(http.Request.Path);
            return Task.CompletedTask;
        });
        using var user = wego.User(SandboxTokens.TeamA);
        await user.AddRepositoryAsync("team-a", "moved", charts.Repository("moved/"));
        (await user.PageAsync(10, "", new FilterOptions { Repositories = { "moved" } })).AvailablePackageSummaries.Select(p => p.Name).ShouldBe(["moved-chart"]);
        await user.RemoveRepositoryAsync("team-a", "moved");
        await IsMissingAsync("circle", charts.Repository("circle/"), "");
    }

    [Fact]
    public async Task OneThatFailsLaterIsServedAsItWasAndItsStatusTellsErrorAndAge()
    {
        await using var charts = await ChartServer.StartAsync();
        charts.AnswerText(TestIndex.Of(["steady"]));
        using var user = wego.User(SandboxTokens.TeamA);
        await user.AddRepositoryAsync("team-a", "later", charts.Address, interval: "1s");
        var filter = new FilterOptions { Repositories = { "later" } };
        (await user.PageAsync(10, "", filter)).AvailablePackageSummaries.Select(p => p.Name).ShouldBe(["steady"]);

        // The second failing request shows that the first failure has been dealt with.
        using var failed = new CountdownEvents(3);
        charts.Answer(http =>
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            if (http.Request.Headers.UserAgent == "wego")
            {
                failed.Signal();
            }

            return Task.CompletedTask;
        });
        await failed.Reached.WaitAsync(Cancellation);
        (await user.PageAsync(10, "", filter)).AvailablePackageSummaries.Select(p => p.Name).ShouldBe(["steady"]);
        user.Headers.ContainsKey(Missing).ShouldBeFalse();
        var status = (await user.RepositoryAsync("team-a", "later")).Status;
        status.UserReason.ShouldContain("503");
        status.UserReason.ShouldContain(" old) is served");

        // And once it is well again, the new catalogue takes over.
        using var served = new CountdownEvents(2);
        charts.Answer(async http =>
        {
            await http.Response.WriteAsync(TestIndex.Of(["steady", "wonderful"]), http.RequestAborted);
            served.Signal();
        });
        await served.Reached.WaitAsync(Cancellation);
        await served.UntilAsync(async () => (await user.PageAsync(10, "", filter)).AvailablePackageSummaries.Count == 2, Cancellation);
        await user.RemoveRepositoryAsync("team-a", "later");
    }

    private async Task<string> IsMissingAsync(string name, Uri address, string code)
    {
        using var user = wego.User(SandboxTokens.TeamA);
        await user.AddRepositoryAsync("team-a", name, address);
        await SettledAsync(name);
        var page = await user.PageAsync(10);
        page.AvailablePackageSummaries.Select(p => p.Name).ShouldContain("hello-web");
        user.Headers[Missing].ToString().ShouldContain($"team-a/{name}={code}");

        // Alone, it is the answer.
        var alone = await user.FailAsync(
            Wire.FluxPackages("GetAvailablePackageSummaries"), new GetAvailablePackageSummariesRequest { FilterOptions = new FilterOptions { Repositories = { name } } });
        alone.Code.ShouldNotBe(RpcStatusCode.Internal);
        alone.Message.ShouldContain(name);
        var status = (await user.RepositoryAsync("team-a", name)).Status;
        status.Ready.ShouldBeFalse();
        status.Reason.ShouldBe(PackageRepositoryStatus.Types.StatusReason.Failed);
        await user.RemoveRepositoryAsync("team-a", name);
        return status.UserReason + alone.Message;
    }

    // Until Flux has said something: that may be a reason for Wego to look again.
    private async Task SettledAsync(string name)
    {
        await foreach (var (_, repository) in wego.Cluster.Store.WatchAsync(s_repositories, Cancellation))
        {
            if (repository.Name == name && repository.Root.TryGetProperty("status", out var status) && status.TryGetProperty("conditions", out _))
            {
                return;
            }
        }
    }

    /// <summary>A server with one good repository, that waits for others not for long.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private WegoFixture _wego = null!;

        public SandboxServer Cluster => _wego.Cluster;

        public User User(string token) => _wego.User(token);

        public async ValueTask InitializeAsync()
        {
            _wego = await WegoFixture.StartAsync(
                beforeStart: null, "Wego:Frontend:CatalogueWait=00:00:03", "Wego:Grains:RetryDelay=00:00:00.2", "Wego:Grains:MinRefreshInterval=00:00:00.2");
            using var user = User(SandboxTokens.TeamA);
            await user.AddRepositoryAsync("team-a", "good", _wego.SampleRepository);
            (await user.PageAsync()).AvailablePackageSummaries.Count.ShouldBe(3);
        }

        public ValueTask DisposeAsync() => _wego.DisposeAsync();
    }
}
