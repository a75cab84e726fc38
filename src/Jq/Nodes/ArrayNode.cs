namespace Wego.Jq;

/// <summary><c>[body]</c></summary>
internal sealed class ArrayNode(Node? body) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input)
    {
        yield return body is null ? JqValue.Of([]) : run.Nested(JqValue.Of([.. body.Evaluate(run, env, input)]));
    }
}
