using Wego.Plugins;

namespace Wego.Grains;

/// <summary>
/// Finds the package of a catalogue that an installed package came from, by what the installed one says of itself. Two
/// repositories may offer charts of the same name and version; what they say beyond that tells them apart.
/// </summary>
internal static class OriginMatcher
{
    /// <summary>The most alike package and how alike it is, or null where the catalogue has nothing like it.</summary>
    public static (CataloguePackage Package, int Likeness)? Find(Catalogue catalogue, PackageOrigin origin)
    {
        (CataloguePackage Package, int Likeness)? best = null;
        foreach (var package in catalogue.FindByLastSegment(origin.Name))
        {
            var likeness = Likeness(package, origin);
            if (likeness > (best?.Likeness ?? 0))
            {
                best = (package, likeness);
            }
        }

        return best;
    }

    private static int Likeness(CataloguePackage package, PackageOrigin origin)
    {
        var home = origin.HomeUrl.Length > 0 && package.HomeUrl == origin.HomeUrl;
        var description = origin.Description.Length > 0 && package.ShortDescription == origin.Description;
        var told = (home ? 2 : 0) + (description ? 1 : 0);
        if (package.Versions.Find(origin.Version) is { } version
            && (origin.AppVersion.Length == 0 || version.AppVersion.Length == 0 || version.AppVersion == origin.AppVersion))
        {
            return 8 + told;
        }

        // The installed version may have been withdrawn; the name alone would be too little to go by.
        return told;
    }
}
