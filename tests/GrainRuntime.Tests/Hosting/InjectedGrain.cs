using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Wego.GrainRuntime.Tests.Hosting;

public sealed class InjectedGrain(IGrainContext context, IGrainFactory grains, ScopedThing thing) : Grain, IInjectedGrain
{
    public Task<string> ContextAsync() => Task.FromResult(context.GrainId.ToString());

    public Task<bool> ServicesAreItsOwnAsync() => Task.FromResult(
        ReferenceEquals(thing, ServiceProvider.GetRequiredService<ScopedThing>()) && context.Equals(GrainContext));

    public Task<bool> CallsItselfThroughAReferenceAsync() => Task.FromResult(
        this.AsReference<IInjectedGrain>().Equals(grains.GetGrain<IInjectedGrain>(this.GetPrimaryKeyString())));

    public Task<IInjectedGrain> ReferenceAsync() => Task.FromResult(this.AsReference<IInjectedGrain>());
}
