using System.Collections.Immutable;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>What lists show of a package.</summary>
[GenerateSerializer, Immutable, Alias("wego.AvailablePackageSummary")]
public sealed record AvailablePackageSummary
{
    /// <summary>Which package.</summary>
    [Id(0)]
    public required AvailablePackageRef Ref { get; init; }

    /// <summary>The name to show.</summary>
    [Id(1)]
    public required string DisplayName { get; init; }

    /// <summary>The newest version.</summary>
    [Id(2)]
    public required PackageVersion LatestVersion { get; init; }

    /// <summary>The icon's address, or empty.</summary>
    [Id(3)]
    public string IconUrl { get; init; } = "";

    /// <summary>One sentence, or empty.</summary>
    [Id(4)]
    public string ShortDescription { get; init; } = "";

    /// <summary>The categories; at least one element, which may be empty.</summary>
    [Id(5)]
    public ImmutableArray<string> Categories { get; init; } = [""];

    /// <summary>Where it stands among others: name, then the repository's namespace and name, then the package.</summary>
    public SortKey SortKey => new(Ref.Package, Ref.Repository.Plugin.Name, Ref.Repository.Namespace, Ref.Identifier);
}
