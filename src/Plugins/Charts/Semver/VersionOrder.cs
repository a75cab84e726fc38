namespace Wego.Plugins.Charts;

/// <summary>The order of a chart's versions in a catalogue.</summary>
internal static class VersionOrder
{
    /// <summary>
    /// The rows from the newest to the oldest version, pre-releases included, as Helm orders an index: versions that are none (null)
    /// come last.
    /// </summary>
    public static int[] NewestFirst(IReadOnlyList<SemanticVersion?> versions)
    {
        var rows = new int[versions.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = i;
        }

        // Ties (build metadata, and what is no version) keep their order.
        Array.Sort(rows, (left, right) => Compare(versions[right], versions[left]) is var order and not 0 ? order : left.CompareTo(right));
        return rows;
    }

    private static int Compare(SemanticVersion? one, SemanticVersion? other) => (one, other) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        _ => one.CompareTo(other),
    };
}
