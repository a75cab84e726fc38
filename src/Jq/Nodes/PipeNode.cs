namespace Wego.Jq;

/// <summary><c>left | right</c></summary>
internal sealed class PipeNode(Node left, Node right) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input)
    {
        foreach (var value in left.Evaluate(run, env, input))
        {
            foreach (var result in right.Evaluate(run, env, value))
            {
                yield return result;
            }
        }
    }
}
