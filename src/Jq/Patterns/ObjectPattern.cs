namespace Wego.Jq;

/// <summary><c>{key: pattern, $name, $name: pattern, (expression): pattern}</c></summary>
internal sealed class ObjectPattern((Variable? Name, Node Key, Pattern? Value)[] members) : Pattern
{
    public override IEnumerable<Variable> Variables => members.SelectMany(m => (m.Name is null ? [] : (Variable[])[m.Name]).Concat(m.Value?.Variables ?? []));

    public override IEnumerable<Env> Bind(Run run, Env env, JqValue input, JqValue value)
    {
        IEnumerable<Env> bound = [env];
        foreach (var member in members)
        {
            bound = bound.SelectMany(e => BindMember(member, run, e, input, value));
        }

        return bound;
    }

    private static IEnumerable<Env> BindMember((Variable? Name, Node Key, Pattern? Value) member, Run run, Env env, JqValue input, JqValue value)
    {
        foreach (var key in member.Key.Evaluate(run, env, input))
        {
            var part = key.Kind == JqKind.String ? Access.Index(value, key, run) : throw new JqRuntimeException($"the key in a pattern has to be a string, not {Kinds.Describe(key)}");
            var named = member.Name is null ? env : env.Bind(member.Name, part);
            foreach (var bound in member.Value is null ? [named] : member.Value.Bind(run, named, input, part))
            {
                yield return bound;
            }
        }
    }
}
