namespace Wego.GrainRuntime.Tests.Observers;

public sealed class BroadcastGrain : Grain, IBroadcastGrain
{
    private readonly HashSet<IListener> _listeners = [];

    public Task AddAsync(IListener listener)
    {
        _listeners.Add(listener);
        return Task.CompletedTask;
    }

    public Task RemoveAsync(IListener listener)
    {
        _listeners.Remove(listener);
        return Task.CompletedTask;
    }

    public Task<int> ListenersAsync() => Task.FromResult(_listeners.Count);

    public async Task TellAsync(string what)
    {
        foreach (var listener in _listeners)
        {
            await listener.HeardAsync(what);
        }
    }
}
