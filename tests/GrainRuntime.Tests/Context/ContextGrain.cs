using Orleans.Runtime;

namespace Wego.GrainRuntime.Tests.Context;

public sealed class ContextGrain : Grain, IContextGrain
{
    public static readonly AsyncLocal<string?> Ambient = new();

    public async Task<string?> GetAsync(string key)
    {
        await Task.Yield();
        return (string?)RequestContext.Get(key);
    }

    public async Task<string?> GetThroughAsync(string other, string key)
    {
        await Task.Yield();
        return await GrainFactory.GetGrain<IContextGrain>(other).GetAsync(key);
    }

    public Task SetAsync(string key, string value)
    {
        RequestContext.Set(key, value);
        return Task.CompletedTask;
    }

    public Task<string?> AmbientAsync() => Task.FromResult(Ambient.Value);
}
