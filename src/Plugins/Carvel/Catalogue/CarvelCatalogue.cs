using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Carvel;

/// <summary>Catalogues out of <c>PackageMetadata</c> objects, one for each package, and <c>Package</c> objects, one for each version.</summary>
internal sealed class CarvelCatalogue : ICatalogueObjects
{
    /// <summary>The repository of packages that name none, as Kubeapps calls it.</summary>
    public const string Unnamed = "unknown";

    /// <inheritdoc/>
    public ImmutableArray<WatchedKind> Kinds { get; } = [CarvelKinds.PackageMetadatas, CarvelKinds.Packages];

    /// <inheritdoc/>
    public string UnnamedRepository => Unnamed;

    /// <inheritdoc/>
    public CatalogueObject? Read(KubernetesObject obj) => PackageObjectReader.Read(obj);

    /// <inheritdoc/>
    public CataloguePackage? Build(PackageObjects package, out string? problem)
    {
        if (package.Description is not { Description: { } description } metadata)
        {
            problem = $"{package.Name} has no PackageMetadata";
            return null;
        }

        var (versions, skipped) = Sort(package.Versions);
        problem = skipped > 0 ? string.Create(CultureInfo.InvariantCulture, $"{package.Name} has {skipped} versions that are no semantic versions")
            : versions.Count == 0 ? $"{package.Name} has no versions"
            : null;
        if (versions.Count == 0)
        {
            return null;
        }

        var table = new VersionTableBuilder(new StringPool());
        foreach (var version in versions)
        {
            // Not of any archive: it changes when what a reader of this version sees does.
            var digest = ContentDigest.Compute(Encoding.UTF8.GetBytes($"{metadata.Revision}\n{version.Revision}"));
            table.Add(version.Version, version.Version, version.Released, digest, []);
        }

        return new CataloguePackage
        {
            Name = package.Name,
            Id = Uri.EscapeDataString(package.Name),
            DisplayName = description.DisplayName,
            ShortDescription = description.ShortDescription,
            LongDescription = description.LongDescription,
            IconUrl = description.IconUrl,
            Categories = description.Categories,
            Versions = table.Build(),
        };
    }

    // Newest first. Among spellings of one version that differ in build metadata only, the text decides.
    private static (List<CatalogueObject> Versions, int Skipped) Sort(ImmutableArray<CatalogueObject> versions)
    {
        var parsed = new List<(SemanticVersion Version, CatalogueObject Object)>(versions.Length);
        foreach (var version in versions)
        {
            if (SemanticVersion.TryParse(version.Version, out var semantic))
            {
                parsed.Add((semantic, version));
            }
        }

        parsed.Sort(static (a, b) => b.Version.CompareTo(a.Version) is var order and not 0 ? order : string.CompareOrdinal(b.Object.Version, a.Object.Version));
        return ([.. parsed.Select(p => p.Object).DistinctBy(p => p.Version, StringComparer.Ordinal)], versions.Length - parsed.Count);
    }
}
