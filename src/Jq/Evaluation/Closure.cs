namespace Wego.Jq;

/// <summary>A filter given to a function, with the bindings of where it was written.</summary>
internal sealed record Closure(Node Body, Env Env)
{
    public IEnumerable<JqValue> Evaluate(Run run, JqValue input) => Body.Evaluate(run, Env, input);
}
