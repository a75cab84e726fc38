namespace Wego.Jq;

/// <summary><c>def function: …; rest</c></summary>
internal sealed class DefineNode(Function function, Node rest) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input) => rest.Evaluate(run, env.Define(function), input);
}
