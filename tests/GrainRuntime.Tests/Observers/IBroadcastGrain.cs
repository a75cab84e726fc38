namespace Wego.GrainRuntime.Tests.Observers;

public interface IBroadcastGrain : IGrainWithStringKey
{
    Task AddAsync(IListener listener);

    Task RemoveAsync(IListener listener);

    Task<int> ListenersAsync();

    Task TellAsync(string what);
}
