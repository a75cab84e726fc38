namespace Wego.Jq;

/// <summary><c>if condition then consequence else alternative end</c></summary>
internal sealed class IfNode(Node condition, Node consequence, Node alternative) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input)
    {
        foreach (var decision in condition.Evaluate(run, env, input))
        {
            foreach (var value in (decision.IsTruthy ? consequence : alternative).Evaluate(run, env, input))
            {
                yield return value;
            }
        }
    }
}
