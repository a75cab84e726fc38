using System.Text.Json.Nodes;

namespace Wego.Sandbox.Tests.Watching;

public sealed class ManyWatchesTests
{
    private const string Path = "/api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task Two_hundred_watches_see_every_change_in_order_and_are_counted()
    {
        await using var server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new SandboxClient(server);
        var version = server.Store.ResourceVersion;
        var watches = Enumerable.Range(0, 200).Select(_ => TakeAsync(client, version, 20)).ToArray();
        await server.Requests.WaitForAsync(r => r.OpenWatches("", "configmaps") == 200, TestContext.Current.CancellationToken);

        for (var i = 0; i < 20; i++)
        {
            server.Store.Create(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["metadata"] = new JsonObject { ["name"] = $"m{i:00}" } });
        }

        var expected = Enumerable.Range(0, 20).Select(i => $"ADDED m{i:00}").ToArray();
        foreach (var seen in await Task.WhenAll(watches))
        {
            seen.ShouldBe(expected);
        }

        server.Requests.Count("list", "configmaps").ShouldBe(0);
        server.Requests.Count("watch", "configmaps").ShouldBe(200);
    }

    [Fact]
    public async Task Ten_thousand_objects_are_listed_in_pages_of_one_snapshot()
    {
        await using var server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new SandboxClient(server);
        for (var i = 0; i < 10_000; i++)
        {
            server.Store.Create(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["metadata"] = new JsonObject { ["name"] = $"m{i:00000}" } });
        }

        var names = new List<string>();
        var token = "";
        do
        {
            var (_, page) = await client.GetAsync($"{Path}?limit=3000&continue={Uri.EscapeDataString(token)}");
            names.AddRange(page["items"]!.AsArray().Select(i => i!["metadata"]!["name"]!.GetValue<string>()));
            token = page["metadata"]!["continue"]?.GetValue<string>() ?? "";
            server.Store.Delete(Kinds.ConfigMaps, "default", "m09999");
        }
        while (token.Length > 0);

        names.ShouldBe(Enumerable.Range(0, 10_000).Select(i => $"m{i:00000}"), "a page shows the state of the first one");
    }

    private static async Task<List<string>> TakeAsync(SandboxClient client, string version, int count)
    {
        var seen = new List<string>();
        await foreach (var item in client.WatchAsync($"{Path}?watch=true&resourceVersion={version}"))
        {
            seen.Add($"{item["type"]} {item["object"]!["metadata"]!["name"]}");
            if (seen.Count == count)
            {
                break;
            }
        }

        return seen;
    }
}
