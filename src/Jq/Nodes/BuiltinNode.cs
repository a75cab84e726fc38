namespace Wego.Jq;

/// <summary>Calls a function that is written in C#.</summary>
internal sealed class BuiltinNode(Builtin builtin, Node[] arguments) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input) =>
        builtin(run, input, Array.ConvertAll(arguments, a => new Closure(a, env)));
}
