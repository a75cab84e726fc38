
namespace Wego.Grains;

/// <summary>
/// The order of lists over all plugins, and what a page token pins: a page goes on strictly after the key of its last item,
/// so no item is shown twice or skipped, whatever is added or removed elsewhere.
/// </summary>
/// <param name="Name">The item's name.</param>
/// <param name="Plugin">The plugin's name.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="Identifier">The identifier within the namespace.</param>
[GenerateSerializer, Immutable, Alias("wego.SortKey")]
public sealed record SortKey(string Name, string Plugin, string Namespace, string Identifier) : IComparable<SortKey>
{
    /// <inheritdoc/>
    public int CompareTo(SortKey? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = string.CompareOrdinal(Name, other.Name);
        order = order != 0 ? order : string.CompareOrdinal(Plugin, other.Plugin);
        order = order != 0 ? order : string.CompareOrdinal(Namespace, other.Namespace);
        return order != 0 ? order : string.CompareOrdinal(Identifier, other.Identifier);
    }

    /// <summary>Whether <paramref name="left"/> stands before <paramref name="right"/>.</summary>
    public static bool operator <(SortKey left, SortKey right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> stands after <paramref name="right"/>.</summary>
    public static bool operator >(SortKey left, SortKey right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> stands before <paramref name="right"/> or is the same.</summary>
    public static bool operator <=(SortKey left, SortKey right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> stands after <paramref name="right"/> or is the same.</summary>
    public static bool operator >=(SortKey left, SortKey right) => left.CompareTo(right) >= 0;
}
