namespace Wego.Jq;

/// <summary><c>target[]</c></summary>
internal sealed class IterateNode(Node target) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input)
    {
        foreach (var value in target.Evaluate(run, env, input))
        {
            foreach (var item in Access.Items(value))
            {
                run.Charge(1);
                yield return item;
            }
        }
    }
}
