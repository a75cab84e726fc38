namespace Wego.Jq;

/// <summary><c>left and right</c>, <c>left or right</c>: the right side is evaluated only where the left one does not decide.</summary>
internal sealed class LogicNode(Node left, Node right, bool decisive) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input)
    {
        foreach (var l in left.Evaluate(run, env, input))
        {
            if (l.IsTruthy == decisive)
            {
                yield return JqValue.Of(decisive);
                continue;
            }

            foreach (var r in right.Evaluate(run, env, input))
            {
                yield return JqValue.Of(r.IsTruthy);
            }
        }
    }
}
