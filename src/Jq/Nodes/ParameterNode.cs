namespace Wego.Jq;

/// <summary>Evaluates a filter that was given to the function.</summary>
internal sealed class ParameterNode(Parameter parameter) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input) => env.Value(parameter).Evaluate(run, input);
}
