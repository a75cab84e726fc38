namespace Wego.Silo;

/// <summary>Looks at the files of the certificates every <see cref="SiloCertificates.ReloadInterval"/>.</summary>
internal sealed class SiloCertificateReload(SiloCertificates certificates, TimeProvider time, ILogger<SiloCertificateReload> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(certificates.ReloadInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                certificates.Reload(logger);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }
}
