namespace Wego.GrainRuntime.Tests.Lifecycle;

public interface ILifecycleMethods : IGrainWithStringKey
{
    Task<int> ActivationAsync();

    Task<int> DeactivateAsync();

    Task DelayAsync(TimeSpan time);

    Task WaitAsync(string started, string release);
}
