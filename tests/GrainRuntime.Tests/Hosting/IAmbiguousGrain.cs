namespace Wego.GrainRuntime.Tests.Hosting;

public interface IAmbiguousGrain : IGrainWithStringKey
{
    Task<string> WhoAsync();
}
