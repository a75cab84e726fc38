using Orleans.Runtime;

namespace Wego.GrainRuntime.Tests.Context;

public sealed class RequestContextTests
{
    [Fact]
    public async Task ValuesFlowAlongCalls()
    {
        await using var cluster = await GrainTestCluster.StartAsync();

        RequestContext.Set("user", "ann");

        (await cluster.Grain<IContextGrain>("a").GetAsync("user")).ShouldBe("ann");
        (await cluster.Grain<IContextGrain>("a").GetThroughAsync("b", "user")).ShouldBe("ann");
    }

    [Fact]
    public async Task ValuesDoNotFlowBackNorToTheNextRequest()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<IContextGrain>("a");

        await grain.SetAsync("user", "ann");

        RequestContext.Get("user").ShouldBeNull();
        (await grain.GetAsync("user")).ShouldBeNull();
    }

    [Fact]
    public async Task ARemovedValueDoesNotFlow()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        RequestContext.Set("user", "ann");
        RequestContext.Set("trace", "1");

        RequestContext.Remove("user").ShouldBeTrue();
        RequestContext.Remove("user").ShouldBeFalse();

        (await cluster.Grain<IContextGrain>("a").GetAsync("user")).ShouldBeNull();
        (await cluster.Grain<IContextGrain>("a").GetAsync("trace")).ShouldBe("1");
    }

    [Fact]
    public async Task OtherAmbientValuesDoNotFlow()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        ContextGrain.Ambient.Value = "caller";

        (await cluster.Grain<IContextGrain>("a").AmbientAsync()).ShouldBeNull();
    }
}
