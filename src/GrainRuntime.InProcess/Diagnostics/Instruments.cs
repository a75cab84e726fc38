using System.Diagnostics.Metrics;

namespace Wego.GrainRuntime;

/// <summary>Metrics, named as those of Orleans so that dashboards fit both.</summary>
internal sealed class Instruments(IMeterFactory meters)
{
    private readonly Meter _meter = meters.Create("Microsoft.Orleans");

    public Counter<int> Created => field ??= _meter.CreateCounter<int>("orleans-catalog-activation-created");

    public Counter<int> Destroyed => field ??= _meter.CreateCounter<int>("orleans-catalog-activation-destroyed");

    public Counter<int> FailedToActivate => field ??= _meter.CreateCounter<int>("orleans-catalog-activation-failed-to-activate");

    public Counter<long> TimedOut => field ??= _meter.CreateCounter<long>("orleans-app-requests-timedout");

    public Counter<long> Canceled => field ??= _meter.CreateCounter<long>("orleans-app-requests-canceled");

    public void Observe(Func<int> activations) => _meter.CreateObservableGauge("orleans-catalog-activations", activations);
}
