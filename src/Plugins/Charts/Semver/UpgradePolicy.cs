namespace Wego.Plugins.Charts;

/// <summary>How far an installed package may move on by itself from the version that its user chose.</summary>
public enum UpgradePolicy
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>To later patches of the same minor version.</summary>
    Patch,

    /// <summary>To later versions of the same major version.</summary>
    Minor,

    /// <summary>To any later version.</summary>
    Major,
}
