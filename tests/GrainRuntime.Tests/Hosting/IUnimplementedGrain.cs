namespace Wego.GrainRuntime.Tests.Hosting;

public interface IUnimplementedGrain : IGrainWithStringKey
{
    Task NothingAsync();
}
