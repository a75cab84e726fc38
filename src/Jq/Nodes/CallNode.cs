namespace Wego.Jq;

/// <summary>Calls a function that is written in jq.</summary>
internal sealed class CallNode(Function function, Node[] arguments) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input)
    {
        var inner = env.Enter(function, run);
        for (var i = 0; i < arguments.Length; i++)
        {
            inner = inner.Bind(function.Parameters[i], new Closure(arguments[i], env));
        }

        // Iterated here, so that a call takes up stack where the limit counts it.
        foreach (var value in function.Body.Evaluate(run, inner, input))
        {
            yield return value;
        }
    }
}
