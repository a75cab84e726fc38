using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Testing.ApiServers;

namespace Wego.Clustering.Tests.Table;

/// <summary>The contract on custom resources of a real kube-apiserver.</summary>
[Trait(Needs.Trait, Needs.KubeApiServer)]
public sealed class KubeApiServerCustomResourceTests(TestServers servers) : SiloTableContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_definition_refuses_what_the_reader_would()
    {
        using var scenario = await StartAsync();
        await scenario.FillAsync(TableScenario.Row(1));
        var manifest = (await scenario.ObjectAsync()).ToJsonObject();
        manifest["spec"]!["silos"]![0]!["state"] = "Undead";
        (await Should.ThrowAsync<KubernetesException>(() => scenario.WriteAsync(manifest))).Failure.ShouldBe(KubernetesFailure.Invalid);
    }

    [Fact]
    public async Task What_kubectl_shows_counts_the_active_silos()
    {
        using var scenario = await StartAsync();
        await scenario.FillAsync(TableScenario.Row(1, SiloState.Active), TableScenario.Row(2, SiloState.Dead), TableScenario.Row(3, SiloState.Active));
        var request = new RelayRequest(HttpMethod.Get, $"/apis/wego.dev/v1/namespaces/{TableScenario.Namespace}/siloclusters/{scenario.Name}") { Accept = "application/json;as=Table;v=v1;g=meta.k8s.io" };
        using var answer = await scenario.Client.RelayAsync(KubernetesIdentity.Service, request, Cancellation);
        var table = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!;
        table["columnDefinitions"]!.AsArray().Select(c => c!["name"]!.GetValue<string>()).ShouldBe(["Name", "Version", "Active", "Age"]);
        table["rows"]![0]!["cells"]!.AsArray().Take(3).Select(c => c!.ToString()).ShouldBe([scenario.Name, "3", "2"]);
    }

    [Fact]
    public async Task An_API_server_that_restarts_is_an_error_meanwhile_and_loses_nothing()
    {
        Assert.SkipWhen(ApiServerAssets.MissingReason() is not null, ApiServerAssets.MissingReason() ?? "");
        await using var server = await TestServers.StartKubeApiServerAsync(Cancellation);
        using var scenario = new TableScenario(TestServers.Configure(server), SiloTableKind.SiloCluster);
        var before = await scenario.FillAsync(TableScenario.Row(1, SiloState.Active));

        await server.StopApiServerAsync();
        (await Should.ThrowAsync<KubernetesException>(() => scenario.Store.ReadAsync(Cancellation))).Failure.ShouldBe(KubernetesFailure.Unreachable);
        await Should.ThrowAsync<KubernetesException>(() => scenario.Store.TryInsertAsync(TableScenario.Row(2), 9, before.Etag, Cancellation));
        await server.StartApiServerAgainAsync(Cancellation);

        // A client that found the server gone tries it again after a pause; a silo that starts meanwhile does not.
        using var after = new TableScenario(TestServers.Configure(server), SiloTableKind.SiloCluster, scenario.Name);
        var table = await after.Store.ReadAsync(Cancellation);
        table.Etag.ShouldBe(before.Etag);
        (await after.Store.TryInsertAsync(TableScenario.Row(2), before.Version + 1, before.Etag, Cancellation)).ShouldBeTrue();
        (await after.Store.ReadAsync(Cancellation)).Rows.Length.ShouldBe(2);
    }

    protected override async Task<TableScenario> StartAsync()
    {
        Assert.SkipWhen(ApiServerAssets.MissingReason() is not null, ApiServerAssets.MissingReason() ?? "");
        return new(await servers.KubeApiServerAsync(Cancellation), SiloTableKind.SiloCluster);
    }
}

/// <summary>The contract on ConfigMaps of a real kube-apiserver.</summary>
[Trait(Needs.Trait, Needs.KubeApiServer)]
public sealed class KubeApiServerConfigMapTests(TestServers servers) : SiloTableContract
{
    protected override async Task<TableScenario> StartAsync()
    {
        Assert.SkipWhen(ApiServerAssets.MissingReason() is not null, ApiServerAssets.MissingReason() ?? "");
        return new(await servers.KubeApiServerAsync(TestContext.Current.CancellationToken), SiloTableKind.ConfigMap);
    }
}
