namespace Wego.Jq;

/// <summary><c>[pattern, …]</c></summary>
internal sealed class ArrayPattern(Pattern[] items) : Pattern
{
    public override IEnumerable<Variable> Variables => items.SelectMany(i => i.Variables);

    public override IEnumerable<Env> Bind(Run run, Env env, JqValue input, JqValue value)
    {
        IEnumerable<Env> bound = [env];
        for (var i = 0; i < items.Length; i++)
        {
            var (item, part) = (items[i], Access.Index(value, JqValue.Of(i), run));
            bound = bound.SelectMany(e => item.Bind(run, e, input, part));
        }

        return bound;
    }
}
