using Wego.Grains;

namespace Wego.Frontend;

/// <summary>Cuts a page out of what several sources delivered.</summary>
internal static class Page
{
    /// <summary>Sorts, cuts, and tells the key to continue after where there is more.</summary>
    /// <param name="items">Items of all sources, each source's smallest ones.</param>
    /// <param name="more">Whether any source has more than it delivered.</param>
    /// <param name="size">The size of the page; 0: everything.</param>
    /// <param name="keyOf">The order.</param>
    public static (IReadOnlyList<T> Items, SortKey? Last) Of<T>(IEnumerable<T> items, bool more, int size, Func<T, SortKey> keyOf)
    {
        var sorted = items.OrderBy(keyOf).ToArray();
        if (size <= 0)
        {
            return (sorted, null);
        }

        if (sorted.Length > size)
        {
            (sorted, more) = (sorted[..size], true);
        }

        return (sorted, more && sorted.Length > 0 ? keyOf(sorted[^1]) : null);
    }
}
