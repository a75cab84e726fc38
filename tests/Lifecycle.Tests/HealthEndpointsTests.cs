using Grpc.Health.V1;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Wego.Rpc;
using Wego.Silo;

namespace Wego.Lifecycle.Tests;

public sealed class HealthEndpointsTests
{
    [Fact]
    public async Task Ready_means_that_every_check_agrees()
    {
        var membership = new FakeCheck("membership", "not joined yet");
        using var scenario = new Scenario(new FakeCheck("cluster"), membership);
        var health = Health(scenario);
        var endpoints = Endpoints(scenario, health);

        (await GetAsync(endpoints, "/readyz")).ShouldBe((503, "[+]shutdown ok\n[+]cluster ok\n[-]membership failed: not joined yet\nreadyz check failed\n"));
        health.Find("").ShouldBe(HealthCheckResponse.Types.ServingStatus.NotServing);

        membership.NotReadyBecause = null;
        (await GetAsync(endpoints, "/readyz")).ShouldBe((200, "ok"));
        (await GetAsync(endpoints, "/readyz", "?verbose")).ShouldBe((200, "[+]shutdown ok\n[+]cluster ok\n[+]membership ok\nreadyz check passed\n"));
        health.Find("").ShouldBe(HealthCheckResponse.Types.ServingStatus.Serving);
    }

    [Fact]
    public async Task A_replica_about_to_end_is_alive_and_not_ready()
    {
        using var scenario = new Scenario();
        var endpoints = Endpoints(scenario, Health(scenario));
        scenario.Options.Value.DrainDelay = TimeSpan.Zero;
        await scenario.Drain.RunAsync(TestContext.Current.CancellationToken);

        (await GetAsync(endpoints, "/readyz")).ShouldBe((503, "[-]shutdown failed: this replica is about to end\nreadyz check failed\n"));
        (await GetAsync(endpoints, "/livez", "?verbose")).ShouldBe((200, "[+]ping ok\nlivez check passed\n"));
    }

    [Fact]
    public async Task Started_is_what_has_been_started()
    {
        using var scenario = new Scenario(new FakeCheck("cluster", "away"));
        var endpoints = Endpoints(scenario, Health(scenario));

        (await GetAsync(endpoints, "/startupz")).ShouldBe((503, "[-]started failed: the start is under way\nstartupz check failed\n"));
        scenario.Lifetime.Start();
        (await GetAsync(endpoints, "/startupz")).ShouldBe((200, "ok"));
    }

    [Theory]
    [InlineData("GET", "/readyz/")]
    [InlineData("GET", "/healthz")]
    [InlineData("POST", "/readyz")]
    public async Task Everything_else_passes(string method, string path)
    {
        using var scenario = new Scenario();
        var http = new DefaultHttpContext { Request = { Method = method, Path = path } };
        var passed = false;

        await Endpoints(scenario, Health(scenario)).InvokeAsync(http, _ =>
        {
            passed = true;
            return Task.CompletedTask;
        });

        passed.ShouldBeTrue();
    }

    [Fact]
    public async Task Grpc_health_follows_the_checks_without_being_asked()
    {
        var check = new FakeCheck("cluster", "away");
        using var scenario = new Scenario(check);
        var health = Health(scenario);
        using var monitor = Monitor(scenario, health);
        await monitor.StartAsync(TestContext.Current.CancellationToken);
        health.Find("").ShouldBe(HealthCheckResponse.Types.ServingStatus.NotServing);
        var changes = health.WatchAsync("", TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await changes.MoveNextAsync();
        await scenario.Clock.WaitForTimersAsync();

        check.NotReadyBecause = null;
        scenario.Clock.Advance(HealthMonitor.Interval);
        await changes.MoveNextAsync();
        changes.Current.ShouldBe(HealthCheckResponse.Types.ServingStatus.Serving);

        scenario.Options.Value.DrainDelay = TimeSpan.Zero;
        await scenario.Drain.RunAsync(TestContext.Current.CancellationToken);
        await changes.MoveNextAsync();
        changes.Current.ShouldBe(HealthCheckResponse.Types.ServingStatus.NotServing);
        await changes.DisposeAsync();
        await monitor.StopAsync(TestContext.Current.CancellationToken);
    }

    private static RpcHealth Health(Scenario scenario) =>
        new(new RpcMethodRegistry(new ServiceCollection().BuildServiceProvider(), [], []), scenario.Lifetime);

    private static HealthMonitor Monitor(Scenario scenario, RpcHealth health) => new(scenario.Readiness, scenario.Drain, health, scenario.Clock);

    private static HealthEndpoints Endpoints(Scenario scenario, RpcHealth health) =>
        new(scenario.Readiness, Monitor(scenario, health), scenario.Lifetime);

    private static async Task<(int Status, string Text)> GetAsync(HealthEndpoints endpoints, string path, string query = "")
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { Request = { Method = "GET", Path = path, QueryString = new QueryString(query) }, Response = { Body = body } };
        await endpoints.InvokeAsync(http, _ => throw new InvalidOperationException("It was passed on."));
        http.Response.ContentType.ShouldBe("text/plain; charset=utf-8");
        http.Response.Headers.CacheControl.ToString().ShouldBe("no-store");
        return (http.Response.StatusCode, System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }
}
