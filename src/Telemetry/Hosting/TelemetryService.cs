using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Wego.Telemetry;

/// <summary>
/// Starts measuring before anything else starts, so that no counter misses its first steps, and sends the rest once all has stopped.
/// </summary>
internal sealed class TelemetryService(IServiceProvider services) : IHostedLifecycleService
{
    private TelemetrySdk? _sdk;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _sdk = services.GetRequiredService<TelemetrySdk>();
        return Task.CompletedTask;
    }

    // The SDK sends synchronously.
    public Task StoppedAsync(CancellationToken cancellationToken) => _sdk is { } sdk ? Task.Run(sdk.Dispose, CancellationToken.None) : Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
