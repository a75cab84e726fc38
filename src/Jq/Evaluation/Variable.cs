namespace Wego.Jq;

/// <summary>A variable, told from others of its name by its identity.</summary>
internal sealed class Variable(string name)
{
    public string Name => name;
}
