namespace Wego.GrainRuntime.Tests.Exceptions;

public interface IFailingGrain : IGrainWithStringKey
{
    Task ThrowAsync(int limit);

    Task ThrowLaterAsync(int limit);

    Task<string> ThroughAsync(string other);

    Task<int> CallsAsync();
}
