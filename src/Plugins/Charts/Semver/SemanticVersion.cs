using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Wego.Plugins.Charts;

/// <summary>
/// A version after <see href="https://semver.org/spec/v2.0.0.html">Semantic Versioning 2.0.0</see>. Order and equality are those
/// of its section 11: build metadata does not count.
/// </summary>
public sealed class SemanticVersion : IComparable<SemanticVersion>, IEquatable<SemanticVersion>
{
    internal SemanticVersion(ulong major, ulong minor, ulong patch, string prerelease = "", string metadata = "") =>
        (Major, Minor, Patch, Prerelease, Metadata) = (major, minor, patch, prerelease, metadata);

    /// <summary>The major version.</summary>
    public ulong Major { get; }

    /// <summary>The minor version.</summary>
    public ulong Minor { get; }

    /// <summary>The patch version.</summary>
    public ulong Patch { get; }

    /// <summary>The pre-release identifiers without the hyphen before them, or empty.</summary>
    public string Prerelease { get; }

    /// <summary>The build metadata without the plus sign before it, or empty.</summary>
    public string Metadata { get; }

    /// <summary>Reads the canonical form: three numbers without leading zeros, no <c>v</c>.</summary>
    /// <returns>False for anything else.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SemanticVersion? version) =>
        SemanticVersionParser.TryParse(text, lenient: false, out version);

    /// <summary>Reads what Helm accepts for a version: also a <c>v</c> before it, fewer than three numbers (the rest is 0) and leading zeros.</summary>
    /// <returns>False for anything else.</returns>
    public static bool TryParseLenient(string? text, [NotNullWhen(true)] out SemanticVersion? version) =>
        SemanticVersionParser.TryParse(text, lenient: true, out version);

    /// <inheritdoc/>
    public int CompareTo(SemanticVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = CompareCore(other.Major, other.Minor, other.Patch);
        return order != 0 ? order : PrereleaseOrder.Compare(Prerelease, other.Prerelease);
    }

    /// <inheritdoc/>
    public bool Equals(SemanticVersion? other) => CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SemanticVersion);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Major, Minor, Patch, Prerelease);

    /// <summary>The canonical form.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Major}.{Minor}.{Patch}{(Prerelease.Length > 0 ? "-" : "")}{Prerelease}{(Metadata.Length > 0 ? "+" : "")}{Metadata}");

    /// <summary>Whether both have the same precedence.</summary>
    public static bool operator ==(SemanticVersion? left, SemanticVersion? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether they differ in precedence.</summary>
    public static bool operator !=(SemanticVersion? left, SemanticVersion? right) => !(left == right);

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) >= 0;

    internal int CompareCore(ulong major, ulong minor, ulong patch)
    {
        var order = Major.CompareTo(major);
        order = order != 0 ? order : Minor.CompareTo(minor);
        return order != 0 ? order : Patch.CompareTo(patch);
    }
}
