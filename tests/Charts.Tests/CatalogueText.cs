using System.Globalization;
using System.Text;
using Wego.Plugins;

namespace Wego.Charts.Tests;

/// <summary>Writes a catalogue so that people can compare it.</summary>
internal static class CatalogueText
{
    public static void Append(StringBuilder text, Catalogue catalogue)
    {
        foreach (var package in catalogue.Packages)
        {
            text.Append($"package {package.Name} (id {package.Id}, shown as {package.DisplayName})\n");
            text.Append($"  description: {package.ShortDescription}\n  home: {package.HomeUrl}\n  icon: {package.IconUrl}\n");
            text.Append($"  keywords: {string.Join(", ", package.Keywords)}\n  categories: {string.Join(", ", package.Categories.Select(c => $"\"{c}\""))}\n");
            text.Append($"  sources: {string.Join(", ", package.Sources)}\n");
            text.Append($"  maintainers: {string.Join(", ", package.Maintainers.Select(m => $"{m.Name} <{m.Email}> {m.Url}"))}\n");
            foreach (var version in package.Versions)
            {
                var created = version.Created?.ToString("O", CultureInfo.InvariantCulture) ?? "-";
                text.Append($"  version {version.Version} app \"{version.AppVersion}\" created {created}\n");
                text.Append($"    digest {version.Digest?.ToString() ?? "-"}\n    urls {string.Join(' ', version.Urls)}\n");
            }
        }
    }
}
