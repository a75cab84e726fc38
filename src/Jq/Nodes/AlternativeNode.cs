namespace Wego.Jq;

/// <summary><c>left // right</c>: what the left side yields other than false and null, or else the right side.</summary>
internal sealed class AlternativeNode(Node left, Node right) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input)
    {
        var found = false;
        foreach (var value in left.Evaluate(run, env, input).Where(v => v.IsTruthy))
        {
            found = true;
            yield return value;
        }

        if (found)
        {
            yield break;
        }

        foreach (var value in right.Evaluate(run, env, input))
        {
            yield return value;
        }
    }
}
