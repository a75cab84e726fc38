namespace Wego.Plugins.Charts;

/// <summary>The order of a chart's versions in a catalogue.</summary>
internal static class VersionOrder
{
    /// <summary>
    /// The rows from the newest to the oldest version, pre-releases included. Where any version is not in canonical form, the
    /// rows stay as they are: there is no order that its author and a reader would agree on.
    /// </summary>
    public static int[] NewestFirst(IReadOnlyList<SemanticVersion?> versions)
    {
        var rows = new int[versions.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = i;
        }

        if (!versions.Contains(null))
        {
            // Ties (build metadata) keep their order.
            Array.Sort(rows, (left, right) => versions[right]!.CompareTo(versions[left]) is var order and not 0 ? order : left.CompareTo(right));
        }

        return rows;
    }
}
