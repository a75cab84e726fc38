namespace Wego.Jq;

/// <summary>Finds values within values.</summary>
internal static class Search
{
    /// <summary>Where a string occurs in a string, an item in an array, or a run of items in an array.</summary>
    public static IEnumerable<int> Positions(JqValue value, JqValue wanted, Run run) => (value.Kind, wanted.Kind) switch
    {
        (JqKind.String, JqKind.String) => InText(value.Text, wanted.Text, run),
        (JqKind.Array, JqKind.Array) => InItems(value, wanted, run),
        (JqKind.Array, _) => InItems(value, JqValue.Of([wanted]), run),
        _ => throw Kinds.Wrong("a search", value, wanted),
    };

    /// <summary>Whether a value contains another: strings as a part, arrays every item in some item, objects every member.</summary>
    public static bool Contains(JqValue value, JqValue wanted, Run run)
    {
        run.Charge(1);
        return (value.Kind, wanted.Kind) switch
        {
            (JqKind.Object, JqKind.Object) => wanted.Members.All(w => value.Members.TryGetValue(w.Key, out var v) && Within(v, w.Value, run)),
            (JqKind.Array, JqKind.Array) => wanted.Items.All(w => value.Items.Any(v => Within(v, w, run))),
            (JqKind.String, JqKind.String) => value.Text.Contains(wanted.Text, StringComparison.Ordinal),
            var (left, right) when left == right => ValueOrder.Compare(value, wanted, run) == 0,
            _ => throw Kinds.Wrong("contains", value, wanted),
        };
    }

    private static bool Within(JqValue value, JqValue wanted, Run run) => value.Kind == wanted.Kind && Contains(value, wanted, run);

    private static IEnumerable<int> InText(string text, string wanted, Run run)
    {
        if (wanted.Length == 0)
        {
            yield break;
        }

        var (unit, position) = (0, 0);
        for (var at = text.IndexOf(wanted, StringComparison.Ordinal); at >= 0; at = text.IndexOf(wanted, at + 1, StringComparison.Ordinal))
        {
            position += CodePoints.Count(text.AsSpan(unit, at - unit));
            unit = at;
            run.ChargeText(wanted.Length);
            yield return position;
        }
    }

    private static IEnumerable<int> InItems(JqValue value, JqValue wanted, Run run)
    {
        var (items, parts) = (value.Items, wanted.Items);
        for (var i = 0; parts.Length > 0 && i + parts.Length <= items.Length; i++)
        {
            if (Enumerable.Range(0, parts.Length).All(k => ValueOrder.Compare(items[i + k], parts[k], run) == 0))
            {
                yield return i;
            }
        }
    }
}
