using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Carvel;

/// <summary>Which version of a package kapp-controller is to install: the highest that meets both conditions.</summary>
/// <param name="Constraints">A <see cref="VersionRange"/>; empty for any version.</param>
/// <param name="Prereleases">The pre-releases among them.</param>
internal sealed record VersionSelection(string Constraints, PrereleaseSelection Prereleases)
{
    private const string AllPrereleases = "*";
    private const string Field = "pkg_version_reference.version";

    /// <summary>The selection for the version or constraint that a user asks for.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/>: it is neither, or could never be installed.</exception>
    public static VersionSelection Require(string version, CarvelOptions options)
    {
        if (version.Length == 0)
        {
            throw PackageException.InvalidField(Field, "say which version to install, or a constraint.");
        }

        var prereleases = PrereleaseSelection.Of(options);
        if (!SemanticVersion.TryParse(version, out var exact))
        {
            return VersionRange.TryParse(version, out _)
                ? new VersionSelection(version, prereleases)
                : throw PackageException.InvalidField(Field, $"'{version}' is neither a version nor a constraint: {VersionRange.Expected}.");
        }

        if (!prereleases.Allows(exact))
        {
            throw PackageException.InvalidField(Field, options.AllowPrereleases
                ? $"the pre-release {version} is not eligible: only those with {string.Join(" or ", options.PrereleaseIdentifiers)} in their names are; choose another version."
                : $"the pre-release {version} is not eligible: choose a release, or have {CarvelOptions.Section}:{nameof(CarvelOptions.AllowPrereleases)} set.");
        }

        return options.UpgradePolicy.TryApply(version, out var expression, out var error)
            ? new VersionSelection(expression, prereleases)
            : throw PackageException.InvalidField(Field, error);
    }

    /// <summary>The selection of an installed package.</summary>
    public static VersionSelection Of(KubernetesObject install)
    {
        var selection = install.Find("spec", "packageRef", "versionSelection");
        var prereleases = selection.Child("prereleases");
        return new VersionSelection(
            selection.Text("constraints"),
            prereleases.ValueKind == JsonValueKind.Object
                ? new PrereleaseSelection(true, [.. prereleases.Child("identifiers").Items().Select(i => i.ToString())])
                : PrereleaseSelection.None);
    }

    /// <summary>One line that <see cref="Parse"/> reads; never empty.</summary>
    public override string ToString() =>
        $"{Constraints};{(!Prereleases.Allowed ? "" : Prereleases.Identifiers.IsEmpty ? AllPrereleases : string.Join(',', Prereleases.Identifiers))}";

    /// <summary>Reads what <see cref="ToString"/> has written.</summary>
    public static VersionSelection Parse(string text)
    {
        var semicolon = text.LastIndexOf(';');
        return new VersionSelection(text[..semicolon], text[(semicolon + 1)..] switch
        {
            "" => PrereleaseSelection.None,
            AllPrereleases => new PrereleaseSelection(true, []),
            var identifiers => new PrereleaseSelection(true, [.. identifiers.Split(',')]),
        });
    }

    /// <summary>The highest version that kapp-controller would choose, or null where it would choose none.</summary>
    public bool TryFindHighest(VersionTable versions, [NotNullWhen(true)] out string? highest)
    {
        highest = null;
        if (!VersionRange.TryParse(Constraints, out var range))
        {
            return false;
        }

        SemanticVersion? best = null;
        for (var i = 0; i < versions.Count; i++)
        {
            if (SemanticVersion.TryParse(versions.VersionAt(i), out var version)
                && (best is null || version > best)
                && Prereleases.Allows(version)
                && range.Allows(version))
            {
                (best, highest) = (version, versions.VersionAt(i));
            }
        }

        return highest is not null;
    }

    public JsonObject ToManifest()
    {
        var manifest = new JsonObject { ["constraints"] = Constraints };
        if (Prereleases.ToManifest() is { } prereleases)
        {
            manifest["prereleases"] = prereleases;
        }

        return manifest;
    }
}
