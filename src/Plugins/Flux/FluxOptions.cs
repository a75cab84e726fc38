using Wego.Plugins.Charts;

namespace Wego.Plugins.Flux;

/// <summary>Settings of the plugin, the section <c>Wego:Plugins:fluxv2.packages</c>. Durations are written as Go does: <c>10m</c>, <c>1h30m</c>.</summary>
public sealed class FluxOptions
{
    /// <summary>The section's path, for messages.</summary>
    internal const string Section = "Wego:Plugins:fluxv2.packages";

    /// <summary>How far a release may move on by itself from the exact version a user chose.</summary>
    public UpgradePolicy UpgradePolicy { get; set; } = UpgradePolicy.None;

    /// <summary>How many versions to offer.</summary>
    public VersionsInSummaryOptions VersionsInSummary { get; set; } = new();

    /// <summary>How often Flux reconciles a release for which the user named no interval.</summary>
    public string DefaultInterval { get; set; } = "1m";

    /// <summary>How often a repository is refreshed for which the user named no interval.</summary>
    public string DefaultRepositoryInterval { get; set; } = "10m";

    /// <summary>How long Flux lets one Helm operation of a new release take; empty leaves it to Flux.</summary>
    public string Timeout { get; set; } = "";

    /// <summary>Whether Flux runs with <c>--no-cross-namespace-refs</c>: a release then may only use repositories of its own namespace.</summary>
    public bool NoCrossNamespaceRefs { get; set; }
}
