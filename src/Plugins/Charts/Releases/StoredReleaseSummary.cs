namespace Wego.Plugins.Charts;

/// <summary>What a list shows of one revision of a release.</summary>
/// <param name="Status">Helm's word for the state, or empty.</param>
/// <param name="Description">What happened last, in Helm's words, or empty.</param>
/// <param name="LastDeployed">When the revision was deployed, in UTC, or null.</param>
/// <param name="Chart">The chart's metadata.</param>
public sealed record StoredReleaseSummary(string Status, string Description, DateTimeOffset? LastDeployed, StoredChart Chart)
{
    /// <summary>Nothing is known.</summary>
    public static StoredReleaseSummary Unknown { get; } = new("", "", null, new StoredChart("", "", "", "", "", ""));
}
