namespace Wego.Jq;

/// <summary><c>reduce source as pattern (initial; update)</c>: the last value of an update goes on, its being empty changes nothing.</summary>
internal sealed class ReduceNode(Node source, Pattern pattern, Node initial, Node update) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input)
    {
        foreach (var begin in initial.Evaluate(run, env, input))
        {
            var state = begin;
            foreach (var item in source.Evaluate(run, env, input))
            {
                foreach (var bound in pattern.Bind(run, env, input, item))
                {
                    state = update.Evaluate(run, bound, state).LastOrDefault(state);
                }
            }

            yield return state;
        }
    }
}
