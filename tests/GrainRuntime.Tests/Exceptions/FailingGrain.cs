namespace Wego.GrainRuntime.Tests.Exceptions;

public sealed class FailingGrain : Grain, IFailingGrain
{
    private int _calls;

    public Task ThrowAsync(int limit)
    {
        _calls++;
        throw new QuotaException("over quota", limit);
    }

    public async Task ThrowLaterAsync(int limit)
    {
        _calls++;
        await Task.Yield();
        throw new QuotaException("over quota", limit);
    }

    public async Task<string> ThroughAsync(string other)
    {
        try
        {
            await GrainFactory.GetGrain<IFailingGrain>(other).ThrowAsync(7);
            return "nothing thrown";
        }
        catch (QuotaException e)
        {
            return $"{e.Message} {e.Limit}";
        }
    }

    public Task<int> CallsAsync() => Task.FromResult(_calls);
}
