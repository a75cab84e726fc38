namespace Wego.Jq;

/// <summary>An expression: a filter that turns one value into any number of values.</summary>
internal abstract class Node
{
    /// <summary><c>.</c></summary>
    public static Node Identity { get; } = new IdentityNode();

    /// <summary>The values for an input, computed as they are asked for.</summary>
    public IEnumerable<JqValue> Evaluate(Run run, Env env, JqValue input)
    {
        run.Step();
        return Execute(run, env, input);
    }

    protected abstract IEnumerable<JqValue> Execute(Run run, Env env, JqValue input);
}
