using Wego.Plugins.Charts;

namespace Wego.Plugins.Carvel;

/// <summary>Settings of the plugin, the section <c>Wego:Plugins:kapp_controller.packages</c>.</summary>
public sealed class CarvelOptions
{
    /// <summary>The section's path, for messages.</summary>
    internal const string Section = "Wego:Plugins:kapp_controller.packages";

    /// <summary>The namespace whose packages every namespace may install: <c>--packaging-global-namespace</c> of kapp-controller.</summary>
    public string GlobalPackagingNamespace { get; set; } = "kapp-controller-packaging-global";

    /// <summary>How far an installed package may move on by itself from the exact version a user chose.</summary>
    public UpgradePolicy UpgradePolicy { get; set; } = UpgradePolicy.None;

    /// <summary>Whether kapp-controller may choose pre-releases for what is installed here.</summary>
    public bool AllowPrereleases { get; set; }

    /// <summary>The identifiers of which a pre-release needs one, for example <c>rc</c>; empty: all pre-releases. Needs <see cref="AllowPrereleases"/>.</summary>
    public IList<string> PrereleaseIdentifiers { get; } = [];

    /// <summary>Whether kapp-controller may go back to an older version of what is installed here.</summary>
    public bool AllowDowngrades { get; set; }
}
