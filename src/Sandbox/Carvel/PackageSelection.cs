using System.Text.Json;
using Wego.Kubernetes;
using Wego.Sandbox.Controllers;

namespace Wego.Sandbox.Carvel;

/// <summary>Picks the version of a package that an install asks for.</summary>
internal static class PackageSelection
{
    /// <summary>The newest of the packages that fits.</summary>
    /// <exception cref="CarvelException">None fits.</exception>
    public static KubernetesObject Select(KubernetesObject install, IReadOnlyList<KubernetesObject> packages)
    {
        var name = install.Text("spec", "packageRef", "refName");
        if (packages.Count == 0)
        {
            throw new CarvelException($"Package {name} not found");
        }

        var all = packages.Where(p => p.Text("spec", "refName") == name).ToArray();
        var constraints = install.Text("spec", "packageRef", "versionSelection", "constraints");
        var prereleases = install.Find("spec", "packageRef", "versionSelection", "prereleases");
        var stable = all.Where(p => IsAllowed(p.Text("spec", "version"), constraints, prereleases)).ToArray();
        var fitting = stable.Where(p => Fits(constraints, p.Text("spec", "version"))).ToArray();
        return fitting.MaxBy(p => p.Text("spec", "version"), VersionOrder.Instance) ?? throw new CarvelException(
            $"Expected to find at least one version, but did not (details: all={all.Length} -> after-prereleases-filter={stable.Length} -> after-kapp-controller-version-check={stable.Length} -> after-constraints-filter={fitting.Length})");
    }

    private static bool IsAllowed(string version, string constraints, JsonElement prereleases)
    {
        if (!version.Contains('-', StringComparison.Ordinal) || version == constraints)
        {
            return true;
        }

        if (prereleases.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        var identifiers = prereleases.TryGetProperty("identifiers", out var given) && given.ValueKind == JsonValueKind.Array
            ? given.EnumerateArray().Select(i => i.GetString()!).ToArray()
            : [];
        return identifiers.Length == 0 || version[(version.IndexOf('-', StringComparison.Ordinal) + 1)..].Split('.', '+').Any(identifiers.Contains);
    }

    private static bool Fits(string constraints, string version) =>
        constraints.Split("||").Any(c => c.Trim().Length == 0 || VersionRange.Parse(c).Contains(version, prereleases: true));
}
