namespace Wego.Plugins;

/// <summary>
/// What is kept of one object of a catalogue that lies in the cluster: the description of a package, or one version of it, and
/// nothing that can be read again when somebody asks for it.
/// </summary>
[GenerateSerializer, Immutable, Alias("wego.CatalogueObject")]
public sealed record CatalogueObject
{
    /// <summary>The package's name; unique within its namespace.</summary>
    [Id(0)]
    public required string Package { get; init; }

    /// <summary>The repository that brought it, by name; empty where the object names none.</summary>
    [Id(1)]
    public string Repository { get; init; } = "";

    /// <summary>Changes whenever the object does; never the same for two objects.</summary>
    [Id(2)]
    public required string Revision { get; init; }

    /// <summary>What the package is; null where the object is a version.</summary>
    [Id(3)]
    public PackageDescription? Description { get; init; }

    /// <summary>The version; empty where the object is a description.</summary>
    [Id(4)]
    public string Version { get; init; } = "";

    /// <summary>When the version was published, or null.</summary>
    [Id(5)]
    public DateTimeOffset? Released { get; init; }
}
