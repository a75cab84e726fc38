namespace Wego.GrainRuntime.Tests.Deadlocks;

public interface ICycleGrain : IGrainWithStringKey
{
    /// <summary>Has the other grain call this one back, with or without leave to re-enter.</summary>
    Task<string> CallAsync(string other, bool allowReentrancy);

    Task<string> CallBackAsync(string first);

    Task<string> AnswerAsync();
}
