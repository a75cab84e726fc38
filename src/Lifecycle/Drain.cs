using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Wego.Lifecycle;

/// <summary>
/// The time between the wish that a replica ends and its end, in which it serves everything but says that it is not ready. Without it
/// requests would still arrive when nobody listens any more.
/// </summary>
public sealed partial class Drain(IOptions<LifecycleOptions> options, TimeProvider time, ILogger<Drain> logger) : IDisposable
{
    private readonly CancellationTokenSource _begun = new();

    /// <summary>Cancelled when it begins.</summary>
    public CancellationToken Begun => _begun.Token;

    /// <summary>True from then on.</summary>
    public bool HasBegun => _begun.IsCancellationRequested;

    /// <summary>Begins, and completes when load balancers have had their time.</summary>
    /// <param name="cancellationToken">Makes it shorter.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var delay = options.Value.DrainDelay;
        LogBegun(delay);
        await _begun.CancelAsync();
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _begun.Dispose();

    [LoggerMessage(Level = LogLevel.Information, Message = "Told to end: not ready any more, serving for another {Delay}.")]
    private partial void LogBegun(TimeSpan delay);
}
