namespace Wego.GrainRuntime.Tests.Turns;

public interface ITurnsGrain : IGrainWithStringKey
{
    Task<int> IncrementSlowlyAsync();

    Task WaitAsync(string started, string release);

    Task<string> EchoAsync(string text);

    ValueTask<int> AddAsync(int left, int right);

    ValueTask NothingAsync();

    Task<bool> RunsOnOneSchedulerAsync();

    Task<string> KeyAsync();
}
