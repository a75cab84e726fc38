namespace Wego.Jq;

/// <summary>A function that is written in jq.</summary>
internal sealed class Function(string name, Parameter[] parameters, bool isBuiltin)
{
    public string Name => name;

    public IReadOnlyList<Parameter> Parameters => parameters;

    /// <summary>Whether it comes with the language and so refers to nothing outside.</summary>
    public bool IsBuiltin => isBuiltin;

    /// <summary>What it does; set once it has been read, since it may call itself.</summary>
    public Node Body { get; set; } = Node.Identity;
}
