namespace Wego.Plugins;

/// <summary>Everything that is known of an installed package.</summary>
[GenerateSerializer, Immutable, Alias("wego.InstalledPackageDetail")]
public sealed record InstalledPackageDetail
{
    /// <summary>The part that lists show.</summary>
    [Id(0)]
    public required InstalledPackage Package { get; init; }

    /// <summary>The values as the user gave them.</summary>
    [Id(1)]
    public string ValuesApplied { get; init; } = "";

    /// <summary>How it is reconciled, or null where the format has no such thing.</summary>
    [Id(2)]
    public ReconciliationOptions? Reconciliation { get; init; }

    /// <summary>Notes rendered at installation, or empty.</summary>
    [Id(3)]
    public string PostInstallationNotes { get; init; } = "";

    /// <summary>Fields that only this format has, or null.</summary>
    [Id(4)]
    public CustomDetail? CustomDetail { get; init; }
}
