namespace Wego.Jq;

/// <summary><c>-operand</c></summary>
internal sealed class NegateNode(Node operand) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input) =>
        operand.Evaluate(run, env, input).Select(v => v.Kind == JqKind.Number ? JqValue.Of(-v.Number) : throw Kinds.Wrong("negation", v));
}
