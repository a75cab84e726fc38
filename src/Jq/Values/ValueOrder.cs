namespace Wego.Jq;

/// <summary>The order of values: null, false, true, numbers, strings, arrays, objects.</summary>
internal static class ValueOrder
{
    /// <summary>Compares; the run, if any, is charged for each pair looked at.</summary>
    public static int Compare(JqValue left, JqValue right, Run? run)
    {
        run?.Charge(1);
        if (left.Kind != right.Kind)
        {
            return left.Kind.CompareTo(right.Kind);
        }

        return left.Kind switch
        {
            JqKind.Boolean => left.Boolean.CompareTo(right.Boolean),
            // NaN is less than everything, itself included.
            JqKind.Number => double.IsNaN(left.Number) ? -1 : left.Number.CompareTo(right.Number),
            JqKind.String => CodePoints.Compare(left.Text, right.Text),
            JqKind.Array => CompareItems(left, right, run),
            JqKind.Object => CompareMembers(left, right, run),
            _ => 0,
        };
    }

    public static IComparer<JqValue> For(Run run) => Comparer<JqValue>.Create((l, r) => Compare(l, r, run));

    private static int CompareItems(JqValue left, JqValue right, Run? run)
    {
        var (l, r) = (left.Items, right.Items);
        for (var i = 0; i < l.Length && i < r.Length; i++)
        {
            if (Compare(l[i], r[i], run) is var order and not 0)
            {
                return order;
            }
        }

        return l.Length.CompareTo(r.Length);
    }

    // First the sets of keys as arrays, then value by value.
    private static int CompareMembers(JqValue left, JqValue right, Run? run)
    {
        var (l, r) = (left.Members, right.Members);
        foreach (var (first, second) in l.Keys.Zip(r.Keys))
        {
            if (CodePoints.Compare(first, second) is var order and not 0)
            {
                return order;
            }
        }

        if (l.Count != r.Count)
        {
            return l.Count.CompareTo(r.Count);
        }

        return l.Zip(r).Select(pair => Compare(pair.First.Value, pair.Second.Value, run)).FirstOrDefault(order => order != 0);
    }
}
