namespace Wego.Jq;

/// <summary><c>foreach source as pattern (initial; update; extract)</c></summary>
internal sealed class ForeachNode(Node source, Pattern pattern, Node initial, Node update, Node extract) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input)
    {
        foreach (var begin in initial.Evaluate(run, env, input))
        {
            var state = begin;
            foreach (var item in source.Evaluate(run, env, input))
            {
                foreach (var bound in pattern.Bind(run, env, input, item))
                {
                    foreach (var next in update.Evaluate(run, bound, state))
                    {
                        state = next;
                        foreach (var value in extract.Evaluate(run, bound, next))
                        {
                            yield return value;
                        }
                    }
                }
            }
        }
    }
}
