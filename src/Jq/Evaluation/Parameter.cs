namespace Wego.Jq;

/// <summary>A parameter of a function, told from others of its name by its identity.</summary>
internal sealed class Parameter(string name)
{
    public string Name => name;
}
