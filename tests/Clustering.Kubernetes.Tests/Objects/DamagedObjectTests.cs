using System.Text.Json.Nodes;
using Wego.Kubernetes;

namespace Wego.Clustering.Tests.Objects;

/// <summary>A damaged object is an error that names it and the remedy, never an empty cluster.</summary>
public sealed class DamagedObjectTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""null""", "spec must be an object.")]
    [InlineData("""[]""", "spec must be an object.")]
    [InlineData("""{"silos":[]}""", "spec.version must be a whole number from 0 to 2147483647.")]
    [InlineData("""{"version":-1,"silos":[]}""", "spec.version must be a whole number")]
    [InlineData("""{"version":1.5,"silos":[]}""", "spec.version must be a whole number")]
    [InlineData("""{"version":1}""", "spec.silos must be a list.")]
    [InlineData("""{"version":1,"silos":{}}""", "spec.silos must be a list.")]
    [InlineData("""{"version":1,"silos":[1]}""", "spec.silos[0] must be an object.")]
    [InlineData("""{"version":1,"silos":[{"address":"nowhere"}]}""", "spec.silos[0].address must be an IP address.")]
    [InlineData("""{"version":1,"silos":[{"address":"10.0.0.1","port":70000}]}""", "spec.silos[0].port must be a whole number from 0 to 65535.")]
    [InlineData("""{"version":1,"silos":[{"address":"10.0.0.1","port":1,"generation":1,"state":"active"}]}""", "spec.silos[0].state must be one of Created, Joining,")]
    [InlineData("""{"version":1,"silos":[{"address":"10.0.0.1","port":1,"generation":1,"state":"3"}]}""", "spec.silos[0].state must be one of")]
    [InlineData("""{"version":1,"silos":[{"address":"10.0.0.1","port":1,"generation":1,"state":"Dead","name":"a","hostName":"","gatewayPort":0,"startedAt":"noon"}]}""", "spec.silos[0].startedAt must be a time")]
    public void A_custom_resource_is_read_strictly(string spec, string problem)
    {
        var obj = KubernetesObject.From(new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "wego", ["namespace"] = "wego-system" },
            ["spec"] = JsonNode.Parse(spec),
        });
        var e = Should.Throw<SiloTableException>(() => SiloTableDocument.Of(SiloTableKind.SiloCluster).Read(obj));
        e.Message.ShouldStartWith("SiloCluster wego-system/wego is damaged: ");
        e.Message.ShouldContain(problem);
        e.Message.ShouldEndWith("delete it and restart all silos: it holds nothing else.");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[[[[")]
    [InlineData("\ud800")]
    public void A_ConfigMap_without_JSON_is_damaged(string text)
    {
        var obj = KubernetesObject.From(new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "wego", ["namespace"] = "wego-system" },
            ["data"] = new JsonObject { ["silos.json"] = text },
        });
        Should.Throw<SiloTableException>(() => SiloTableDocument.Of(SiloTableKind.ConfigMap).Read(obj)).Message.ShouldStartWith("ConfigMap wego-system/wego is damaged: ");
    }

    [Fact]
    public void A_silo_that_is_there_twice_is_damage()
    {
        var spec = SiloTableWriter.Write(new SiloTable(1, [TableScenario.Row(1), TableScenario.Row(1, SiloState.Dead)], ""));
        var obj = KubernetesObject.From(new JsonObject { ["metadata"] = new JsonObject { ["name"] = "wego", ["namespace"] = "a" }, ["spec"] = spec });
        Should.Throw<SiloTableException>(() => SiloTableDocument.Of(SiloTableKind.SiloCluster).Read(obj)).Message.ShouldContain("spec.silos has a silo twice.");
    }

    [Fact]
    public void Every_cut_of_a_table_is_damage_and_nothing_else()
    {
        var whole = SiloTableWriter.Write(new SiloTable(3, [TableScenario.Row(1), TableScenario.Row(2)], "")).ToJsonString();
        var document = SiloTableDocument.Of(SiloTableKind.ConfigMap);
        for (var length = 0; length < whole.Length; length++)
        {
            var obj = KubernetesObject.From(new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = "wego", ["namespace"] = "a" },
                ["data"] = new JsonObject { ["silos.json"] = whole[..length] },
            });
            Should.Throw<SiloTableException>(() => document.Read(obj));
        }
    }

    [Fact]
    public async Task Nothing_is_written_over_damage()
    {
        await using var server = await Wego.Sandbox.SandboxServer.StartAsync(cancellationToken: Cancellation);
        using var scenario = new TableScenario(
            new ClusterConfiguration(server.Address) { User = new UserConfiguration { Token = Wego.Sandbox.SandboxTokens.Admin } }, SiloTableKind.ConfigMap);
        var table = await scenario.FillAsync(TableScenario.Row(1));
        var manifest = (await scenario.ObjectAsync()).ToJsonObject();
        manifest["data"]!["silos.json"] = "{";
        await scenario.WriteAsync(manifest);

        await Should.ThrowAsync<SiloTableException>(() => scenario.Store.ReadAsync(Cancellation));
        await Should.ThrowAsync<SiloTableException>(() => scenario.Store.TryInsertAsync(TableScenario.Row(2), 2, table.Etag, Cancellation));
        await Should.ThrowAsync<SiloTableException>(() => scenario.Store.TouchAsync(TableScenario.Row(1).Key, TableScenario.Noon, Cancellation));
        (await scenario.ObjectAsync()).Text("data", "silos.json").ShouldBe("{");
    }

    [Fact]
    public async Task A_kind_that_is_not_defined_is_told_with_the_remedy()
    {
        await using var server = await Wego.Sandbox.SandboxServer.StartAsync(cancellationToken: Cancellation);
        using var scenario = new TableScenario(
            new ClusterConfiguration(server.Address) { User = new UserConfiguration { Token = Wego.Sandbox.SandboxTokens.Admin } }, SiloTableKind.SiloCluster);
        (await Should.ThrowAsync<SiloTableException>(() => scenario.Store.InitializeAsync(Cancellation))).Message.ShouldContain("apply deploy/crds/siloclusters.yaml");
    }
}
