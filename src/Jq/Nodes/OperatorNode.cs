namespace Wego.Jq;

/// <summary>An operator on two values. Where both sides yield several values the left one varies fastest.</summary>
internal sealed class OperatorNode(Func<JqValue, JqValue, Run, JqValue> operation, Node left, Node right) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input)
    {
        foreach (var r in right.Evaluate(run, env, input))
        {
            foreach (var l in left.Evaluate(run, env, input))
            {
                yield return operation(l, r, run);
            }
        }
    }
}
