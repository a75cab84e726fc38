using System.Text.Json.Nodes;
using Wego.Kubernetes;

namespace Wego.Perf.Api.Benchmarks;

/// <summary>Many clients, each with a connection of its own, that watch the objects of one package.</summary>
internal static class SharedWatches
{
    private const int Clients = 200, PerSecond = 5;
    private const string Name = "watched";
    private static readonly GroupVersionResource ConfigMaps = new("", "v1", "configmaps");

    public static async IAsyncEnumerable<Result> RunAsync(MeasuredServer server, TimeSpan duration)
    {
        var store = server.Cluster.Store;
        var ns = MeasuredServer.Namespace;
        store.Create(new() { ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["metadata"] = Metadata(ns), ["data"] = new JsonObject { ["change"] = "" } });
        store.Create(FluxObjects.Object("v1", "Service", ns, Name, new JsonObject { ["ports"] = new JsonArray(new JsonObject { ["port"] = 80 }) }));
        store.Create(FluxObjects.Object("apps/v1", "Deployment", ns, Name, new JsonObject
        {
            ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = Name } },
            ["template"] = new JsonObject
            {
                ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["app"] = Name } },
                ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = Name, ["image"] = "example/image" }) },
            },
        }));
        FluxObjects.CreateRelease(store, ns, Name, "absent", "absent", ("ConfigMap", "", "v1", Name), ("Service", "", "v1", Name), ("Deployment", "apps", "v1", Name));

        using var stop = new CancellationTokenSource();
        var (all, last) = (new Latencies(), new Latencies());
        var current = new Change("", 0);
        var clients = Enumerable.Range(0, Clients).Select(_ => new WatchingClient(server.Address, stop.Token)).ToArray();
        var readers = clients.Select(c => c.ReadAsync(Name, OnChange)).ToArray();
        await Task.WhenAll(clients.Select(c => c.Complete));

        var watches = server.Cluster.Requests;
        var counts = new[] { watches.OpenWatches("", "configmaps"), watches.OpenWatches("", "services"), watches.OpenWatches("apps", "deployments") };
        yield return new Result($"{Clients} clients watch one package: watches of its ConfigMap, Service, Deployment", string.Join(", ", counts), "1 each", counts.All(c => c == 1));

        for (var i = 0; i < Math.Max(10, PerSecond * duration.TotalSeconds); i++)
        {
            if (i == PerSecond)
            {
                (all, last) = (new Latencies(), new Latencies());
            }

            current = new Change(FormattableString.Invariant($"{i}"), Clients);
            store.Update(ConfigMaps, ns, Name, map => map["data"]!["change"] = current.Value);
            await current.Everywhere.WaitAsync(TimeSpan.FromSeconds(30));
            last.AddSince(current.Start);
            await Task.Delay(TimeSpan.FromSeconds(1.0 / PerSecond), TimeProvider.System);
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
        Array.ForEach(clients, c => c.Dispose());
        yield return new Result("… change of the ConfigMap until a client has it", all.ToString());
        yield return new Result("… until the last client has it", last.ToString());

        void OnChange(string value)
        {
            var change = current;
            if (value == change.Value && value.Length > 0)
            {
                all.AddSince(change.Start);
                change.Arrived();
            }
        }
    }

    private static JsonObject Metadata(string ns) => new() { ["name"] = Name, ["namespace"] = ns };
}
