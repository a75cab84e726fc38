namespace Wego.GrainRuntime.Tests.Streaming;

public interface IStreamingGrain : IGrainWithStringKey
{
    /// <summary>Counts to the number, all at hand.</summary>
    IAsyncEnumerable<int> CountAsync(int to, CancellationToken cancellationToken = default);

    /// <summary>Yields what <see cref="PublishAsync"/> is given, until cancelled.</summary>
    IAsyncEnumerable<string> SubscribeAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Yields two items and fails.</summary>
    IAsyncEnumerable<int> FailAsync(CancellationToken cancellationToken = default);

    Task PublishAsync(string item);

    Task<int> SubscribersAsync();

    Task DeactivateAsync();
}
