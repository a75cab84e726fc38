namespace Wego.Jq;

/// <summary><c>$name</c></summary>
internal sealed class VariablePattern(Variable variable) : Pattern
{
    public override IEnumerable<Variable> Variables => [variable];

    public override IEnumerable<Env> Bind(Run run, Env env, JqValue input, JqValue value) => [env.Bind(variable, value)];
}
