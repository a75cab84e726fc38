namespace Wego.Jq;

/// <summary><c>target[from:to]</c>; a bound that is left out is null.</summary>
internal sealed class SliceNode(Node target, Node from, Node to) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input)
    {
        foreach (var f in from.Evaluate(run, env, input))
        {
            foreach (var t in to.Evaluate(run, env, input))
            {
                foreach (var value in target.Evaluate(run, env, input))
                {
                    yield return Access.Slice(value, f, t, run);
                }
            }
        }
    }
}
