using Orleans.Runtime;

namespace Wego.GrainRuntime.Tests.Deadlocks;

public sealed class CycleGrain(Probe probe) : Grain, ICycleGrain
{
    public async Task<string> CallAsync(string other, bool allowReentrancy)
    {
        var target = GrainFactory.GetGrain<ICycleGrain>(other);
        if (!allowReentrancy)
        {
            return await target.CallBackAsync(this.GetPrimaryKeyString());
        }

        using (RequestContext.AllowCallChainReentrancy())
        {
            return await target.CallBackAsync(this.GetPrimaryKeyString());
        }
    }

    public async Task<string> CallBackAsync(string first)
    {
        var answer = GrainFactory.GetGrain<ICycleGrain>(first).AnswerAsync();
        probe.Signal("called back");
        return await answer;
    }

    public Task<string> AnswerAsync() => Task.FromResult("answer");
}
