namespace Wego.Sandbox.Controllers;

/// <summary>How the stand-in controllers behave.</summary>
public sealed record SandboxControllersOptions
{
    /// <summary>How long a workload takes to start.</summary>
    public TimeSpan Startup { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>How often something that is waited for is looked at.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Whether to stand in for the controllers of workloads, too; off where the cluster has its own.</summary>
    public bool Workloads { get; init; } = true;
}
