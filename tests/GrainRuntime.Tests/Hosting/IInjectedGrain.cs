namespace Wego.GrainRuntime.Tests.Hosting;

public interface IInjectedGrain : IGrainWithStringKey
{
    Task<string> ContextAsync();

    Task<bool> ServicesAreItsOwnAsync();

    Task<bool> CallsItselfThroughAReferenceAsync();

    Task<IInjectedGrain> ReferenceAsync();
}
