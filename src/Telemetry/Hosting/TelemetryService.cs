using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Wego.Telemetry;

/// <summary>
/// Starts measuring before anything else starts, so that no counter misses its first steps, and sends the rest once all has stopped.
/// </summary>
internal sealed class TelemetryService(IServiceProvider services, TimeProvider time, ILogger<TelemetryService> logger) : IHostedLifecycleService, IDisposable
{
    private TelemetrySdk? _sdk;
    private ExportFailures? _failures;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _sdk = services.GetRequiredService<TelemetrySdk>();
        _failures = _sdk.IsSending ? new ExportFailures(logger, time) : null;
        return Task.CompletedTask;
    }

    // The SDK sends synchronously.
    public Task StoppedAsync(CancellationToken cancellationToken) => _sdk is { } sdk ? Task.Run(sdk.Dispose, CancellationToken.None) : Task.CompletedTask;

    public void Dispose() => _failures?.Dispose();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
