using System.Buffers;

namespace Wego.Plugins;

/// <summary>Decides which packages meet a query.</summary>
internal sealed class CatalogueMatcher(CatalogueQuery query)
{
    // Prepared once for all packages: without culture data, string.Contains that ignores case goes character by character.
    private readonly SearchValues<string>? _text = query.Text.Length == 0 ? null : SearchValues.Create([query.Text], StringComparison.OrdinalIgnoreCase);

    public bool IsMatch(CataloguePackage package) =>
        HasCategory(package, query) && HasVersion(package, query) && (_text is null || HasText(package, _text, query.Matching));

    private static bool HasCategory(CataloguePackage package, CatalogueQuery query)
    {
        var wanted = query.Categories;
        if (wanted.IsDefaultOrEmpty)
        {
            return true;
        }

        if (query.Matching.AllCategories)
        {
            return wanted.All(w => package.Categories.Contains(w, StringComparer.Ordinal));
        }

        foreach (var category in package.Categories)
        {
            if (wanted.Contains(category, StringComparer.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasVersion(CataloguePackage package, CatalogueQuery query)
    {
        if (query.PackageVersion.Length == 0 && query.AppVersion.Length == 0)
        {
            return true;
        }

        var last = query.VersionScope == CatalogueVersionScope.Any ? package.Versions.Count : 1;
        for (var i = 0; i < last; i++)
        {
            if ((query.PackageVersion.Length == 0 || package.Versions.VersionAt(i) == query.PackageVersion)
                && (query.AppVersion.Length == 0 || package.Versions.AppVersionAt(i) == query.AppVersion))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasText(CataloguePackage package, SearchValues<string> text, CatalogueMatching matching)
    {
        if (Contains(package.ShortDescription, text) || Contains(package.LongDescription, text))
        {
            return true;
        }

        if (matching.DescriptionsOnly)
        {
            return Contains(package.DisplayName, text);
        }

        if (Contains(package.Name, text))
        {
            return true;
        }

        foreach (var keyword in package.Keywords)
        {
            if (Contains(keyword, text))
            {
                return true;
            }
        }

        foreach (var source in package.Sources)
        {
            if (Contains(source, text))
            {
                return true;
            }
        }

        foreach (var maintainer in package.Maintainers)
        {
            if (Contains(maintainer.Name, text))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Contains(string value, SearchValues<string> text) => value.AsSpan().ContainsAny(text);
}
