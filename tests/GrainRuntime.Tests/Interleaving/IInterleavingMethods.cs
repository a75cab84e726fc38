using Orleans.Concurrency;

namespace Wego.GrainRuntime.Tests.Interleaving;

public interface IInterleavingMethods : IGrainWithStringKey
{
    Task WaitAsync(string started, string release);

    Task PlainAsync(string what);

    [AlwaysInterleave]
    Task AlwaysAsync(string what);

    [ReadOnly]
    Task ReadAsync(string started, string release);

    [ReadOnly]
    Task QuickReadAsync(string what);

    [OneWay]
    Task OneWayAsync(string started, string release);
}
