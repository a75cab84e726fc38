using Microsoft.Extensions.Hosting;

namespace Wego.GrainRuntime;

/// <summary>Deactivates all grains when the host stops.</summary>
internal sealed class SiloService(Silo silo) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Log.Started(silo.Logger);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await silo.Catalog.CloseAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Log.NotAllDeactivated(silo.Logger, silo.Catalog.Count);
        }
    }
}
