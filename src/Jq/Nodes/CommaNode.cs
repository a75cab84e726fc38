namespace Wego.Jq;

/// <summary><c>left, right</c></summary>
internal sealed class CommaNode(Node left, Node right) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input)
    {
        foreach (var value in left.Evaluate(run, env, input))
        {
            yield return value;
        }

        foreach (var value in right.Evaluate(run, env, input))
        {
            yield return value;
        }
    }
}
