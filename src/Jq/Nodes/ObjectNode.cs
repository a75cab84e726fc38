using System.Collections.Immutable;

namespace Wego.Jq;

/// <summary><c>{key: value}</c>. Where keys or values yield several values the last one varies fastest.</summary>
internal sealed class ObjectNode((Node Key, Node Value)[] members) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input) =>
        From(run, env, input, 0, CodePoints.EmptyMembers).Select(m => run.Nested(JqValue.Of(m)));

    private IEnumerable<ImmutableSortedDictionary<string, JqValue>> From(Run run, Env env, JqValue input, int first, ImmutableSortedDictionary<string, JqValue> before)
    {
        if (first == members.Length)
        {
            yield return before;
            yield break;
        }

        foreach (var key in members[first].Key.Evaluate(run, env, input))
        {
            var name = key.Kind == JqKind.String ? key.Text : throw new JqRuntimeException($"the key of an object has to be a string, not {Kinds.Describe(key)}");
            foreach (var value in members[first].Value.Evaluate(run, env, input))
            {
                foreach (var whole in From(run, env, input, first + 1, before.SetItem(name, value)))
                {
                    yield return whole;
                }
            }
        }
    }
}
