namespace Wego.Plugins;

/// <summary>One entry of an installed package's history.</summary>
/// <param name="Revision">Its number; higher is later.</param>
/// <param name="Version">What was installed, or null where that is not known.</param>
/// <param name="Status">The state of this revision.</param>
/// <param name="Description">What happened, in the format's own words, or empty.</param>
/// <param name="DeployedAt">When, in UTC, or null where that is not known.</param>
[GenerateSerializer, Immutable, Alias("wego.PackageRevision")]
public sealed record PackageRevision(long Revision, PackageVersion? Version, PackageStatus Status, string Description, DateTimeOffset? DeployedAt);
