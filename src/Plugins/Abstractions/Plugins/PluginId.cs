namespace Wego.Plugins;

/// <summary>Names a plugin.</summary>
/// <param name="Name">For example <c>fluxv2.packages</c>.</param>
/// <param name="Version">For example <c>v1alpha1</c>.</param>
[GenerateSerializer, Immutable, Alias("wego.PluginId")]
public sealed record PluginId(string Name, string Version) : IComparable<PluginId>
{
    /// <summary>By name, then version, in byte order: the order in which plugins appear everywhere.</summary>
    public int CompareTo(PluginId? other)
    {
        if (other is null)
        {
            return 1;
        }

        var byName = string.CompareOrdinal(Name, other.Name);
        return byName != 0 ? byName : string.CompareOrdinal(Version, other.Version);
    }

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(PluginId left, PluginId right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(PluginId left, PluginId right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/> or is the same.</summary>
    public static bool operator <=(PluginId left, PluginId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/> or is the same.</summary>
    public static bool operator >=(PluginId left, PluginId right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}/{Version}";
}
