namespace Wego.Jq;

/// <summary><c>source as pattern | body</c></summary>
internal sealed class BindNode(Node source, Pattern pattern, Node body) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input)
    {
        foreach (var value in source.Evaluate(run, env, input))
        {
            foreach (var bound in pattern.Bind(run, env, input, value))
            {
                foreach (var result in body.Evaluate(run, bound, input))
                {
                    yield return result;
                }
            }
        }
    }
}
