namespace Wego.GrainRuntime.Tests.Lifecycle;

public interface IFragileGrain : IGrainWithStringKey
{
    Task<int> AttemptAsync();
}
