namespace Wego.Jq;

/// <summary><c>.</c></summary>
internal sealed class IdentityNode : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input) => [input];
}
