namespace Wego.Jq;

/// <summary><c>$name</c></summary>
internal sealed class VariableNode(Variable variable) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input) => [env.Value(variable)];
}
