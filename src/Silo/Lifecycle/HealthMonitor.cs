using Wego.Lifecycle;
using Wego.Rpc;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Wego.Silo;

/// <summary>Keeps what <c>grpc.health.v1</c> says in agreement with the readiness of this replica.</summary>
internal sealed class HealthMonitor(Readiness readiness, Drain drain, RpcHealth health, TimeProvider time) : BackgroundService
{
    /// <summary>How often the checks are asked.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private ServingStatus? _told;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anybody can ask.
        Update();
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Asks the checks and tells what changed.</summary>
    public void Update()
    {
        lock (_gate)
        {
            var status = readiness.IsReady ? ServingStatus.Serving : ServingStatus.NotServing;
            if (status != _told)
            {
                _told = status;
                health.SetStatus(status);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var begun = drain.Begun.Register(Update);
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Update();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops, which RpcHealth knows by itself.
        }
    }
}
