using System.Net;
using System.Text.Json.Nodes;

namespace Wego.Sandbox.Tests.Faults;

public sealed class FaultTests
{
    private const string Path = "/api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task A_throttled_request_says_when_to_come_back_and_the_fault_wears_off()
    {
        await using var server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new SandboxClient(server);
        server.Faults.Add(SandboxFault.Throttle(retryAfterSeconds: 7, times: 1), r => r.Resource == "configmaps");

        using var throttled = await client.RawAsync(Path);
        throttled.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        throttled.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));

        (await client.GetAsync(Path)).Code.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_fault_strikes_only_what_its_predicate_picks_and_ends_with_its_removal()
    {
        await using var server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new SandboxClient(server);
        using (server.Faults.Add(SandboxFault.InternalError(), r => r.Verb == "list"))
        {
            (await client.GetAsync(Path)).Code.ShouldBe(HttpStatusCode.InternalServerError);
            (await client.PostAsync(Path, """{ "metadata": { "name": "a" } }""")).Code.ShouldBe(HttpStatusCode.Created);
        }

        (await client.GetAsync(Path)).Code.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Latency_runs_on_the_clock_of_the_sandbox()
    {
        var clock = new FakeTimeProvider();
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { Clock = clock }, TestContext.Current.CancellationToken);
        using var client = new SandboxClient(server);
        server.Faults.Add(SandboxFault.Slow(TimeSpan.FromMinutes(1)));

        var answer = client.GetAsync(Path);
        await clock.WaitForTimersAsync();
        answer.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromMinutes(1));

        (await answer).Code.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task While_down_every_connection_breaks()
    {
        await using var server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new SandboxClient(server);

        server.Faults.GoDown();
        await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(Path));
        server.Faults.ComeBack();

        (await client.GetAsync(Path)).Code.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_expired_token_is_unauthorized()
    {
        await using var server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new SandboxClient(server, SandboxTokens.Viewer);
        (await client.GetAsync(Path)).Code.ShouldBe(HttpStatusCode.OK);

        server.Faults.ExpireToken(SandboxTokens.Viewer);

        var (code, body) = await client.GetAsync(Path);
        code.ShouldBe(HttpStatusCode.Unauthorized);
        body["reason"]!.GetValue<string>().ShouldBe("Unauthorized");
    }

    [Fact]
    public async Task A_dropped_watch_ends_in_good_order_and_a_broken_one_does_not()
    {
        await using var server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new SandboxClient(server);

        var dropped = ReadAllAsync(client);
        await server.Requests.WaitForAsync(r => r.OpenWatches("", "configmaps") == 1, TestContext.Current.CancellationToken);
        server.Faults.DropWatches();
        (await dropped).ShouldBeEmpty();

        var broken = ReadAllAsync(client);
        await server.Requests.WaitForAsync(r => r.OpenWatches("", "configmaps") == 1, TestContext.Current.CancellationToken);
        server.Faults.BreakWatches();
        await Should.ThrowAsync<Exception>(() => broken);
        await server.Requests.WaitForAsync(r => r.OpenWatches() == 0, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task After_history_expired_open_watches_and_old_versions_get_410()
    {
        await using var server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new SandboxClient(server);
        var version = server.Store.ResourceVersion;

        var open = ReadAllAsync(client);
        await server.Requests.WaitForAsync(r => r.OpenWatches() == 1, TestContext.Current.CancellationToken);
        server.Faults.ExpireHistory();

        (await open).Single()["object"]!["code"]!.GetValue<int>().ShouldBe(410);
        (await ReadAllAsync(client, version)).Single()["object"]!["reason"]!.GetValue<string>().ShouldBe("Expired");
    }

    [Fact]
    public async Task After_a_restart_with_a_new_history_the_old_versions_are_unknown()
    {
        await using var server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new SandboxClient(server);
        for (var i = 0; i < 5; i++)
        {
            await client.PostAsync(Path, $$"""{ "metadata": { "name": "m{{i}}" } }""");
            server.Store.Delete(Kinds.ConfigMaps, "default", $"m{i}");
        }

        await client.PostAsync(Path, """{ "metadata": { "name": "kept" } }""");
        var version = server.Store.ResourceVersion;
        server.Faults.RestartWithNewHistory();

        (await ReadAllAsync(client, version)).Single()["object"]!["code"]!.GetValue<int>().ShouldBe(410);
        var (code, list) = await client.GetAsync(Path);
        code.ShouldBe(HttpStatusCode.OK);
        list["items"]!.AsArray().Single()!["metadata"]!["name"]!.GetValue<string>().ShouldBe("kept");
        long.Parse(list["metadata"]!["resourceVersion"]!.GetValue<string>()).ShouldBeLessThan(long.Parse(version));
    }

    private static async Task<List<JsonNode>> ReadAllAsync(SandboxClient client, string? version = null)
    {
        var events = new List<JsonNode>();
        await foreach (var item in client.WatchAsync($"{Path}?watch=true&resourceVersion={version}"))
        {
            events.Add(item);
        }

        return events;
    }
}
