using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Wego.Kubernetes;

namespace Wego.Plugins.Carvel;

/// <summary>Reads <c>Package</c> and <c>PackageMetadata</c> objects.</summary>
internal static class PackageObjectReader
{
    /// <summary>The annotation with which kapp-controller says what an object came from: <c>namespace/repository</c>.</summary>
    private const string RepositoryAnnotation = "packaging.carvel.dev/package-repository-ref";
    private const string PackageKind = "Package";
    private const string PackageMetadataKind = "PackageMetadata";

    public static CatalogueObject? Read(KubernetesObject obj) => obj.Kind switch
    {
        PackageKind when obj.Text("spec", "refName") is { Length: > 0 } name && obj.Text("spec", "version") is { Length: > 0 } version => new CatalogueObject
        {
            Package = name,
            Repository = RepositoryOf(obj),
            Revision = RevisionOf(obj),
            Version = version,
            Released = ReleasedAt(obj),
        },
        PackageMetadataKind when obj.Name.Length > 0 => new CatalogueObject
        {
            Package = obj.Name,
            Repository = RepositoryOf(obj),
            Revision = RevisionOf(obj),
            Description = new PackageDescription
            {
                DisplayName = obj.Text("spec", "displayName"),
                ShortDescription = obj.Text("spec", "shortDescription"),
                LongDescription = obj.Text("spec", "longDescription"),
                IconUrl = PackageIcon.UrlOf(obj.Text("spec", "iconSVGBase64")),
                Categories = CategoriesOf(obj),
            },
        },
        _ => null,
    };

    public static ImmutableArray<string> CategoriesOf(KubernetesObject metadata) =>
        [.. metadata.Find("spec", "categories").Items().Where(c => c.ValueKind == JsonValueKind.String).Select(c => c.GetString()!)];

    public static DateTimeOffset? ReleasedAt(KubernetesObject package) =>
        DateTimeOffset.TryParse(package.Text("spec", "releasedAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static string RevisionOf(KubernetesObject obj) => $"{obj.Uid}/{obj.ResourceVersion}";

    // What is no "namespace/name" counts as none, as it does for Kubeapps.
    private static string RepositoryOf(KubernetesObject obj) =>
        obj.Annotation(RepositoryAnnotation)?.Split('/') is [_, { Length: > 0 } name] ? name : "";
}
