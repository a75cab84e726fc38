using Orleans.Concurrency;

namespace Wego.GrainRuntime.Tests.Timers;

public interface ITimerGrain : IGrainWithStringKey
{
    Task StartAsync(TimeSpan due, TimeSpan period, bool interleave = false, bool keepAlive = false);

    Task StartFailingAsync(TimeSpan due, TimeSpan period);

    Task StartWaitingAsync(TimeSpan due);

    Task ChangeAsync(TimeSpan due, TimeSpan period);

    Task StopAsync();

    Task WaitAsync(string started, string release);

    Task DeactivateAsync();

    Task<Guid> ActivationAsync();

    [AlwaysInterleave]
    Task PingAsync();
}
