using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Wego.GrainRuntime.Tests.Hosting;

public sealed class HostingTests
{
    [Fact]
    public async Task AnInterfaceWithoutAClassIsRefused()
    {
        await using var cluster = await GrainTestCluster.StartAsync();

        Should.Throw<ArgumentException>(() => cluster.Grain<IUnimplementedGrain>("a")).Message.ShouldContain(nameof(IUnimplementedGrain));
    }

    [Fact]
    public async Task AnInterfaceWithTwoClassesNeedsAPrefix()
    {
        await using var cluster = await GrainTestCluster.StartAsync();

        Should.Throw<ArgumentException>(() => cluster.Grain<IAmbiguousGrain>("a")).Message.ShouldContain(nameof(IAmbiguousGrain));
        var right = cluster.Client.GetGrain<IAmbiguousGrain>("a", typeof(RightAmbiguousGrain).FullName);

        (await right.WhoAsync()).ShouldBe("Right");
    }

    [Fact]
    public async Task AGrainIsMadeByItsOwnScope()
    {
        await using var cluster = await GrainTestCluster.StartAsync(silo => silo.ConfigureServices(services => services.AddScoped<ScopedThing>()));
        var grain = cluster.Grain<IInjectedGrain>("a");

        (await grain.ContextAsync()).ShouldBe("injected/a");
        (await grain.ServicesAreItsOwnAsync()).ShouldBeTrue();
        (await grain.CallsItselfThroughAReferenceAsync()).ShouldBeTrue();
        (await grain.ReferenceAsync()).ShouldBe(grain);
    }

    [Fact]
    public async Task GrainsAreReachedThroughBothServices()
    {
        await using var cluster = await GrainTestCluster.StartAsync();

        cluster.Services.GetRequiredService<IGrainFactory>().GetGrain<IAmbiguousGrain>("a", typeof(LeftAmbiguousGrain).FullName)
            .ShouldBe(cluster.Services.GetRequiredService<IClusterClient>().GetGrain<IAmbiguousGrain>("a", typeof(LeftAmbiguousGrain).FullName));
    }

    [Fact]
    public async Task AnAgeNotAboveTheQuantumIsRefused()
    {
        var failure = await Should.ThrowAsync<Exception>(() => GrainTestCluster.StartAsync(silo =>
            silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromSeconds(30))));

        failure.Message.ShouldContain(nameof(GrainCollectionOptions.CollectionAge));
    }
}
