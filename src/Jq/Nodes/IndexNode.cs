namespace Wego.Jq;

/// <summary><c>target.name</c>, <c>target[key]</c></summary>
internal sealed class IndexNode(Node target, Node key) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input)
    {
        foreach (var k in key.Evaluate(run, env, input))
        {
            foreach (var value in target.Evaluate(run, env, input))
            {
                yield return Access.Index(value, k, run);
            }
        }
    }
}
