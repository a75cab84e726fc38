namespace Wego.Clustering;

/// <summary>Where the object with a cluster's members is.</summary>
public sealed class SiloTableOptions
{
    /// <summary>Its namespace.</summary>
    public string Namespace { get; set; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its kind.</summary>
    public SiloTableKind Kind { get; set; }
}
