namespace Wego.Jq;

/// <summary>Functions that take filters, or yield many values.</summary>
internal static class StreamBuiltins
{
    public static void AddTo(BuiltinTable table)
    {
        table.Add("recurse", 0, (run, input, _) => Recurse(run, input, Children));
        table.Add("recurse", 1, (run, input, arguments) => Recurse(run, input, v => arguments[0].Evaluate(run, v)));
        table.Add("first", 1, (run, input, arguments) => arguments[0].Evaluate(run, input).Take(1));
        table.Add("last", 1, (run, input, arguments) => arguments[0].Evaluate(run, input).TakeLast(1));
        table.Add("nth", 2, (run, input, arguments) => arguments[0].Evaluate(run, input).SelectMany(n => arguments[1].Evaluate(run, input).Skip(Count("nth", n)).Take(1)));
        table.Add("limit", 2, (run, input, arguments) => arguments[0].Evaluate(run, input).SelectMany(n => arguments[1].Evaluate(run, input).Take(Count("limit", n))));
        table.Add("range", 1, (run, input, arguments) => arguments[0].Evaluate(run, input).SelectMany(to => Range(run, JqValue.Of(0), to, JqValue.Of(1))));
        table.Add("range", 2, (run, input, arguments) =>
            arguments[0].Evaluate(run, input).SelectMany(from => arguments[1].Evaluate(run, input).SelectMany(to => Range(run, from, to, JqValue.Of(1)))));
        table.Add("range", 3, (run, input, arguments) =>
            from begin in arguments[0].Evaluate(run, input)
            from end in arguments[1].Evaluate(run, input)
            from step in arguments[2].Evaluate(run, input)
            from value in Range(run, begin, end, step)
            select value);
    }

    private static IEnumerable<JqValue> Children(JqValue value) => value.Kind is JqKind.Array or JqKind.Object ? Access.Items(value) : [];

    private static int Count(string name, JqValue value) =>
        value.Kind == JqKind.Number && value.Number >= 0 ? (int)Math.Min(value.Number, int.MaxValue) : throw Kinds.Wrong(name, value);

    private static IEnumerable<JqValue> Range(Run run, JqValue from, JqValue to, JqValue by)
    {
        if (from.Kind != JqKind.Number || to.Kind != JqKind.Number || by.Kind != JqKind.Number)
        {
            throw Kinds.Wrong("range", from, to);
        }

        for (var value = from.Number; by.Number > 0 ? value < to.Number : by.Number < 0 ? value > to.Number : value < to.Number; value += by.Number)
        {
            run.Charge(1);
            yield return JqValue.Of(value);
        }
    }

    // A value before its descendants. The stack is kept here, so that depth costs no more than breadth.
    private static IEnumerable<JqValue> Recurse(Run run, JqValue input, Func<JqValue, IEnumerable<JqValue>> next)
    {
        var open = new Stack<IEnumerator<JqValue>>();
        try
        {
            yield return input;
            open.Push(next(input).GetEnumerator());
            while (open.TryPeek(out var values))
            {
                if (!values.MoveNext())
                {
                    open.Pop().Dispose();
                    continue;
                }

                run.Charge(1);
                yield return values.Current;
                open.Push(next(values.Current).GetEnumerator());
            }
        }
        finally
        {
            foreach (var values in open)
            {
                values.Dispose();
            }
        }
    }
}
