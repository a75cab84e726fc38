using System.Text.Json;
using System.Text.Json.Nodes;
using Kubeappsapis.Plugins.KappController.Packages.V1Alpha1;
using FetchVersionSelection = Kubeappsapis.Plugins.KappController.Packages.V1Alpha1.VersionSelection;

namespace Wego.Plugins.Carvel;

/// <summary>The sections of <c>spec.fetch</c> as messages; null where a section holds nothing beside address and Secret.</summary>
internal static class FetchSections
{
    public static PackageRepositoryFetch? ReadImgpkg(JsonElement section) =>
        ReadSelection(section.Child("tagSelection")) is { } selection
            ? new PackageRepositoryFetch { ImgpkgBundle = new PackageRepositoryImgpkg { TagSelection = selection } }
            : null;

    public static PackageRepositoryFetch? ReadImage(JsonElement section)
    {
        var image = new PackageRepositoryImage { SubPath = section.Text("subPath"), TagSelection = ReadSelection(section.Child("tagSelection")) };
        return image.Equals(new PackageRepositoryImage()) ? null : new PackageRepositoryFetch { Image = image };
    }

    public static PackageRepositoryFetch? ReadGit(JsonElement section)
    {
        var git = new PackageRepositoryGit
        {
            Ref = section.Text("ref"),
            RefSelection = ReadSelection(section.Child("refSelection")),
            SubPath = section.Text("subPath"),
            LfsSkipSmudge = section.IsTrue("lfsSkipSmudge"),
        };
        return git.Equals(new PackageRepositoryGit()) ? null : new PackageRepositoryFetch { Git = git };
    }

    public static PackageRepositoryFetch? ReadHttp(JsonElement section)
    {
        var http = new PackageRepositoryHttp { SubPath = section.Text("subPath"), Sha256 = section.Text("sha256") };
        return http.Equals(new PackageRepositoryHttp()) ? null : new PackageRepositoryFetch { Http = http };
    }

    public static PackageRepositoryFetch? ReadInline(JsonElement section)
    {
        var inline = new PackageRepositoryInline();
        if (section.Child("paths") is { ValueKind: JsonValueKind.Object } paths)
        {
            foreach (var path in paths.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String))
            {
                inline.Paths[path.Name] = path.Value.GetString();
            }
        }

        inline.PathsFrom.Add(section.Child("pathsFrom").Items().Select(p => new PackageRepositoryInline.Types.Source
        {
            SecretRef = ReadSource(p.Child("secretRef")),
            ConfigMapRef = ReadSource(p.Child("configMapRef")),
        }));
        return inline.Equals(new PackageRepositoryInline()) ? null : new PackageRepositoryFetch { Inline = inline };
    }

    /// <summary>As <c>tagSelection</c> and <c>refSelection</c> hold it; null where there is none. Pre-releases without identifiers are all pre-releases, which differs from none.</summary>
    public static JsonObject? Write(FetchVersionSelection? selection)
    {
        if (selection?.Semver is not { } semver)
        {
            return null;
        }

        var written = new JsonObject();
        if (semver.Constraints.Length > 0)
        {
            written["constraints"] = semver.Constraints;
        }

        if (semver.Prereleases is { } prereleases)
        {
            written["prereleases"] = new PrereleaseSelection(true, [.. prereleases.Identifiers]).ToManifest();
        }

        return new JsonObject { ["semver"] = written };
    }

    private static FetchVersionSelection? ReadSelection(JsonElement selection)
    {
        if (selection.Child("semver") is not { ValueKind: JsonValueKind.Object } semver)
        {
            return null;
        }

        var read = new VersionSelectionSemver { Constraints = semver.Text("constraints") };
        if (semver.Child("prereleases") is { ValueKind: JsonValueKind.Object } prereleases)
        {
            read.Prereleases = new VersionSelectionSemverPrereleases();
            read.Prereleases.Identifiers.Add(prereleases.Child("identifiers").Items().Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString()));
        }

        return new FetchVersionSelection { Semver = read };
    }

    private static PackageRepositoryInline.Types.SourceRef? ReadSource(JsonElement source) => source.ValueKind != JsonValueKind.Object ? null
        : new PackageRepositoryInline.Types.SourceRef { Name = source.Text("name"), DirectoryPath = source.Text("directoryPath") };
}
