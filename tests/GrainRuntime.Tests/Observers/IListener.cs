namespace Wego.GrainRuntime.Tests.Observers;

public interface IListener : IGrainObserver
{
    Task HeardAsync(string what);
}
