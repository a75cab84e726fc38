namespace Wego.GrainRuntime.Tests.Context;

public interface IContextGrain : IGrainWithStringKey
{
    Task<string?> GetAsync(string key);

    Task<string?> GetThroughAsync(string other, string key);

    Task SetAsync(string key, string value);

    Task<string?> AmbientAsync();
}
