namespace Wego.Clustering.Tests.Table;

/// <summary>The contract on custom resources of the sandbox.</summary>
public sealed class SandboxCustomResourceTests(TestServers servers) : SiloTableContract
{
    protected override async Task<TableScenario> StartAsync() => new(await servers.SandboxAsync(TestContext.Current.CancellationToken), SiloTableKind.SiloCluster);
}

/// <summary>The contract on ConfigMaps of the sandbox.</summary>
public sealed class SandboxConfigMapTests(TestServers servers) : SiloTableContract
{
    protected override async Task<TableScenario> StartAsync() => new(await servers.SandboxAsync(TestContext.Current.CancellationToken), SiloTableKind.ConfigMap);
}
