using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Kubeappsapis.Plugins.KappController.Packages.V1Alpha1;

namespace Wego.Plugins.Carvel;

/// <summary>
/// What only Carvel has of a repository, carried by <c>KappControllerPackageRepositoryCustomDetail</c>: the same fields as the
/// section of <c>spec.fetch</c>, without address and Secret.
/// </summary>
internal static class FetchDetail
{
    private const string Field = "custom_detail";

    /// <summary>The fetch section of a request; empty where it has none.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/>: another format's detail, or that of another type.</exception>
    public static PackageRepositoryFetch Read(CustomDetail? detail, string type)
    {
        if (detail is null || (detail.TypeUrl.Length == 0 && detail.Value.IsDefaultOrEmpty))
        {
            return new PackageRepositoryFetch();
        }

        var expected = KappControllerPackageRepositoryCustomDetail.Descriptor.FullName;
        if (!detail.Is(expected))
        {
            throw PackageException.InvalidField(Field, $"a {expected} is expected, not '{detail.TypeUrl}'.");
        }

        var fetch = Parse(detail).Fetch ?? new PackageRepositoryFetch();
        if (SectionsOf(fetch).FirstOrDefault(s => s != type) is { } other)
        {
            throw PackageException.InvalidField($"{Field}.fetch", $"it describes a repository of type {other}, but this one is of type {type}.");
        }

        return fetch;
    }

    /// <summary>The detail of a repository; null where there is nothing beside address and Secret.</summary>
    public static CustomDetail? Write(string type, JsonElement section)
    {
        var fetch = type switch
        {
            FetchType.ImgpkgBundle => FetchSections.ReadImgpkg(section),
            FetchType.Image => FetchSections.ReadImage(section),
            FetchType.Git => FetchSections.ReadGit(section),
            FetchType.Http => FetchSections.ReadHttp(section),
            FetchType.Inline => FetchSections.ReadInline(section),
            _ => null,
        };
        return fetch is null ? null : new CustomDetail(
            $"type.googleapis.com/{KappControllerPackageRepositoryCustomDetail.Descriptor.FullName}",
            [.. new KappControllerPackageRepositoryCustomDetail { Fetch = fetch }.ToByteArray()]);
    }

    /// <summary>Sets the section's fields beside address and Secret; what the request leaves out is cleared.</summary>
    public static void Apply(PackageRepositoryFetch fetch, string type, JsonObject section)
    {
        switch (type)
        {
            case FetchType.ImgpkgBundle:
                Set(section, "tagSelection", FetchSections.Write(fetch.ImgpkgBundle?.TagSelection));
                break;
            case FetchType.Image:
                Set(section, "tagSelection", FetchSections.Write(fetch.Image?.TagSelection));
                Set(section, "subPath", fetch.Image?.SubPath);
                break;
            case FetchType.Git:
                Set(section, "ref", fetch.Git?.Ref);
                Set(section, "refSelection", FetchSections.Write(fetch.Git?.RefSelection));
                Set(section, "subPath", fetch.Git?.SubPath);
                Set(section, "lfsSkipSmudge", fetch.Git is { LfsSkipSmudge: true } ? true : null);
                break;
            case FetchType.Http:
                Set(section, "subPath", fetch.Http?.SubPath);
                Set(section, "sha256", fetch.Http?.Sha256);
                break;
        }
    }

    private static void Set(JsonObject section, string name, JsonNode? value)
    {
        section.Remove(name);
        if (value is not null && !(value is JsonValue text && text.GetValueKind() == JsonValueKind.String && text.GetValue<string>().Length == 0))
        {
            section[name] = value;
        }
    }

    private static IEnumerable<string> SectionsOf(PackageRepositoryFetch fetch)
    {
        IEnumerable<(string Type, bool IsPresent)> sections =
        [
            (FetchType.ImgpkgBundle, fetch.ImgpkgBundle is not null),
            (FetchType.Image, fetch.Image is not null),
            (FetchType.Git, fetch.Git is not null),
            (FetchType.Http, fetch.Http is not null),
            (FetchType.Inline, fetch.Inline is not null),
        ];
        return sections.Where(s => s.IsPresent).Select(s => s.Type);
    }

    private static KappControllerPackageRepositoryCustomDetail Parse(CustomDetail detail)
    {
        try
        {
            return KappControllerPackageRepositoryCustomDetail.Parser.ParseFrom(detail.Value.AsSpan());
        }
        catch (InvalidProtocolBufferException)
        {
            throw PackageException.InvalidField(Field, $"the value is no {KappControllerPackageRepositoryCustomDetail.Descriptor.FullName}.");
        }
    }
}
