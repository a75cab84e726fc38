namespace Wego.Plugins.Charts;

/// <summary>The order of pre-releases: section 11.3 and 11.4 of Semantic Versioning.</summary>
internal static class PrereleaseOrder
{
    public static int Compare(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            // A release comes after its pre-releases.
            return (right.Length > 0).CompareTo(left.Length > 0);
        }

        var lefts = left.AsSpan().Split('.');
        var rights = right.AsSpan().Split('.');
        while (true)
        {
            var (hasLeft, hasRight) = (lefts.MoveNext(), rights.MoveNext());
            if (!hasLeft || !hasRight)
            {
                return hasLeft.CompareTo(hasRight);
            }

            var order = CompareIdentifiers(left.AsSpan(lefts.Current), right.AsSpan(rights.Current));
            if (order != 0)
            {
                return order;
            }
        }
    }

    private static int CompareIdentifiers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var (leftNumeric, rightNumeric) = (IsNumeric(left), IsNumeric(right));
        if (leftNumeric && rightNumeric)
        {
            // Without leading zeros the longer number is the larger one, whatever its size.
            return left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);
        }

        return leftNumeric != rightNumeric ? rightNumeric.CompareTo(leftNumeric) : left.SequenceCompareTo(right);
    }

    private static bool IsNumeric(ReadOnlySpan<char> identifier) => !identifier.ContainsAnyExceptInRange('0', '9');
}
