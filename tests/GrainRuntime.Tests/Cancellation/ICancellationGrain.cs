namespace Wego.GrainRuntime.Tests.Cancellation;

public interface ICancellationGrain : IGrainWithStringKey
{
    Task WaitForCancellationAsync(string started, CancellationToken cancellationToken);

    Task WaitAsync(string started, string release);

    Task RecordAsync(string what, CancellationToken cancellationToken);

    Task<bool> CallbackIsATurnAsync(string started, CancellationToken cancellationToken);

    Task IgnoreAsync(string started, string release, CancellationToken cancellationToken);

    Task PingAsync();
}
