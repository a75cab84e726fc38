using System.Collections.Immutable;

namespace Wego.Jq;

/// <summary>Functions of arrays and objects.</summary>
internal static class CollectionBuiltins
{
    public static void AddTo(BuiltinTable table)
    {
        table.Add("keys", Keys);
        table.Add("has", Has);
        table.Add("contains", (v, a, run) => JqValue.Of(Search.Contains(v, a, run)));
        table.Add("indices", (v, a, run) => v.Kind == JqKind.Null ? JqValue.Null : JqValue.Of([.. Search.Positions(v, a, run).Select(p => JqValue.Of(p))]));
        table.Add("index", (v, a, run) => Position(v, a, run, positions => positions.Take(1)));
        table.Add("rindex", (v, a, run) => Position(v, a, run, positions => positions.TakeLast(1)));
        table.Add("add", (v, run) => Access.Items(v).Aggregate(JqValue.Null, (sum, item) => Operators.Add(sum, item, run)));
        table.Add("reverse", (v, _) => JqValue.Of([.. ItemsOf("reverse", v).Reverse()]));
        table.Add("first", (v, run) => Access.Index(v, JqValue.Of(0), run));
        table.Add("last", (v, run) => Access.Index(v, JqValue.Of(-1), run));
        table.Add("nth", (v, a, run) => Access.Index(v, a, run));
        table.Add("flatten", (v, run) => Flatten(v, double.MaxValue, run));
        table.Add("flatten", (v, a, run) => Flatten(v, a.Kind == JqKind.Number && a.Number >= 0 ? a.Number : throw Kinds.Wrong("flatten", a), run));
        table.Add("to_entries", ToEntries);
        table.Add("from_entries", FromEntries);
        table.Add("getpath", (v, a, run) => ItemsOf("getpath", a).Aggregate(v, (part, key) => part.Kind == JqKind.Null ? part : Access.Index(part, key, run)));
        AddSorting(table);
    }

    private static void AddSorting(BuiltinTable table)
    {
        table.Add("sort", (v, run) => JqValue.Of([.. ItemsOf("sort", v).Order(ValueOrder.For(run))]));
        AddKeyed("sort_by", keyed => keyed.Select(k => k.Item));
        AddKeyed("group_by", keyed => Groups(keyed).Select(g => JqValue.Of([.. g])));
        AddKeyed("unique_by", keyed => Groups(keyed).Select(g => g[0]));
        table.Add("unique", (v, run) => JqValue.Of([.. Groups([.. ItemsOf("unique", v).Order(ValueOrder.For(run)).Select(i => (i, i))]).Select(g => g[0])]));
        table.Add("min", (v, run) => ItemsOf("min", v).Order(ValueOrder.For(run)).FirstOrDefault(JqValue.Null));
        table.Add("max", (v, run) => ItemsOf("max", v).Order(ValueOrder.For(run)).LastOrDefault(JqValue.Null));
        table.Add("min_by", 1, (run, input, arguments) => [Keyed("min_by", run, input, arguments[0]).Select(k => k.Item).FirstOrDefault(JqValue.Null)]);
        table.Add("max_by", 1, (run, input, arguments) => [Keyed("max_by", run, input, arguments[0]).Select(k => k.Item).LastOrDefault(JqValue.Null)]);

        void AddKeyed(string name, Func<List<(JqValue Key, JqValue Item)>, IEnumerable<JqValue>> select) =>
            table.Add(name, 1, (run, input, arguments) => [JqValue.Of([.. select(Keyed(name, run, input, arguments[0]))])]);
    }

    private static ImmutableArray<JqValue> ItemsOf(string name, JqValue value) => value.Kind == JqKind.Array ? value.Items : throw Kinds.Wrong(name, value);

    // The key of an item is the array of all that the filter yields for it.
    private static List<(JqValue Key, JqValue Item)> Keyed(string name, Run run, JqValue value, Closure key) =>
        [.. ItemsOf(name, value).Select(item => (Key: JqValue.Of([.. key.Evaluate(run, item)]), Item: item)).OrderBy(k => k.Key, ValueOrder.For(run))];

    private static IEnumerable<List<JqValue>> Groups(List<(JqValue Key, JqValue Item)> sorted)
    {
        List<JqValue> group = [];
        for (var i = 0; i < sorted.Count; i++)
        {
            group.Add(sorted[i].Item);
            if (i + 1 == sorted.Count || !sorted[i].Key.Equals(sorted[i + 1].Key))
            {
                yield return group;
                group = [];
            }
        }
    }

    private static JqValue Keys(JqValue value, Run run) => value.Kind switch
    {
        JqKind.Object => JqValue.Of([.. value.Members.Keys.Select(JqValue.Of)]),
        JqKind.Array => JqValue.Of([.. Enumerable.Range(0, value.Items.Length).Select(i => JqValue.Of(i))]),
        _ => throw Kinds.Wrong("keys", value),
    };

    private static JqValue Has(JqValue value, JqValue key, Run run) => (value.Kind, key.Kind) switch
    {
        (JqKind.Object, JqKind.String) => JqValue.Of(value.Members.ContainsKey(key.Text)),
        (JqKind.Array, JqKind.Number) => JqValue.Of(key.Number >= 0 && key.Number < value.Items.Length),
        (JqKind.Null, _) => JqValue.False,
        _ => throw Kinds.Wrong("has", value, key),
    };

    private static JqValue Position(JqValue value, JqValue wanted, Run run, Func<IEnumerable<int>, IEnumerable<int>> choose) =>
        value.Kind == JqKind.Null ? JqValue.Null : choose(Search.Positions(value, wanted, run)).Select(p => JqValue.Of(p)).FirstOrDefault(JqValue.Null);

    private static JqValue Flatten(JqValue value, double depth, Run run)
    {
        var flat = ImmutableArray.CreateBuilder<JqValue>();
        Collect(Access.Items(value), depth);
        return JqValue.Of(flat.ToImmutable());

        void Collect(IEnumerable<JqValue> items, double left)
        {
            foreach (var item in items)
            {
                run.Charge(1);
                if (item.Kind == JqKind.Array && left > 0)
                {
                    Collect(item.Items, left - 1);
                }
                else
                {
                    flat.Add(item);
                }
            }
        }
    }

    private static JqValue ToEntries(JqValue value, Run run)
    {
        var entries = value.Kind switch
        {
            JqKind.Object => value.Members.Select(m => (Key: JqValue.Of(m.Key), m.Value)),
            JqKind.Array => value.Items.Select((item, i) => (Key: JqValue.Of(i), Value: item)),
            _ => throw Kinds.Wrong("to_entries", value),
        };
        return run.Nested(JqValue.Of([.. entries.Select(e => JqValue.Of(CodePoints.EmptyMembers.Add("key", e.Key).Add("value", e.Value)))]));
    }

    private static JqValue FromEntries(JqValue value, Run run)
    {
        var members = CodePoints.EmptyMembers.ToBuilder();
        foreach (var entry in ItemsOf("from_entries", value))
        {
            run.Charge(1);
            var key = First(entry, run, truthy: true, "key", "Key", "name", "Name");
            members[key.Kind == JqKind.String ? key.Text : throw new JqRuntimeException($"the key of an entry has to be a string, not {Kinds.Describe(key)}")] =
                First(entry, run, truthy: false, "value", "Value");
        }

        return JqValue.Of(members.ToImmutable());
    }

    private static JqValue First(JqValue entry, Run run, bool truthy, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Access.Index(entry, JqValue.Of(name), run) is var value && (truthy ? value.IsTruthy : value.Kind != JqKind.Null))
            {
                return value;
            }
        }

        return JqValue.Null;
    }
}
