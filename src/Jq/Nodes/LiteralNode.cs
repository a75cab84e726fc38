namespace Wego.Jq;

/// <summary>A number, a string without interpolation, or a constant.</summary>
internal sealed class LiteralNode(JqValue value) : Node
{
    public JqValue Value => value;

    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input) => [value];
}
