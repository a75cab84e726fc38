namespace Wego.Sandbox.Resources;

/// <summary>Where a kind keeps what its scale subresource shows, as simple JSON paths such as <c>.spec.replicas</c>.</summary>
internal sealed record ScalePaths(string SpecReplicas, string StatusReplicas, string? LabelSelector)
{
    /// <summary>Where the built-in workload kinds keep it.</summary>
    public static ScalePaths Workload { get; } = new(".spec.replicas", ".status.replicas", ".spec.selector");
}
