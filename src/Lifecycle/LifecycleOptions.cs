namespace Wego.Lifecycle;

/// <summary>How a replica ends. Section <c>Wego:Lifecycle</c>.</summary>
public sealed class LifecycleOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Wego:Lifecycle";

    /// <summary>
    /// How long a replica that was told to end goes on serving everything, unready, so that load balancers take it out first.
    /// </summary>
    public TimeSpan DrainDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The time from the signal to the end of the process, <see cref="DrainDelay"/> included: what the pod has as
    /// <c>terminationGracePeriodSeconds</c>.
    /// </summary>
    public TimeSpan GracePeriod { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long running operations have once no new ones are let in; a tenth of the grace period is kept for ending the rest.</summary>
    internal TimeSpan OperationsPeriod => (GracePeriod * 0.9) - DrainDelay;
}
