using Wego.Plugins;

namespace Wego.Grains.Tests;

internal static class Catalogues
{
    /// <summary>A catalogue of packages, each with the one version 1.0.0.</summary>
    public static Catalogue Of(params IEnumerable<string> packages)
    {
        var versions = new VersionTableBuilder(new StringPool());
        versions.Add("1.0.0", "", created: null, digest: null, []);
        var table = versions.Build();
        return Catalogue.Create(packages.Select(p => new CataloguePackage { Name = p, Id = Uri.EscapeDataString(p), DisplayName = p, Versions = table }));
    }
}
