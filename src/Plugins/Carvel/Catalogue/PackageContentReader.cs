using System.Text.Json;
using Wego.Kubernetes;

namespace Wego.Plugins.Carvel;

/// <summary>Reads what one version of a package contains out of its two objects.</summary>
internal static class PackageContentReader
{
    public static PackageContent Read(KubernetesObject metadata, KubernetesObject package)
    {
        var version = package.Text("spec", "version");
        var schema = package.Find("spec", "valuesSchema", "openAPIv3");
        return new PackageContent
        {
            Name = metadata.Name,
            Version = version,
            AppVersion = version,
            ShortDescription = metadata.Text("spec", "shortDescription"),
            LongDescription = metadata.Text("spec", "longDescription"),
            IconUrl = PackageIcon.UrlOf(metadata.Text("spec", "iconSVGBase64")),
            Categories = PackageObjectReader.CategoriesOf(metadata),
            Maintainers = [.. metadata.Find("spec", "maintainers").Items().Select(m => m.Text("name")).Where(n => n.Length > 0).Select(n => new CatalogueMaintainer(n))],
            Readme = PackageReadme.Write(metadata, package),
            DefaultValues = SchemaDefaults.Write(schema),
            ValuesSchema = schema.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? "" : schema.GetRawText(),
        };
    }
}
