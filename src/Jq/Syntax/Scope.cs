namespace Wego.Jq;

/// <summary>Which names are known at a place of a program: a chain from the innermost outwards.</summary>
internal sealed record Scope(Scope? Outer, Variable? Variable = null, Function? Function = null, Parameter? Parameter = null)
{
    public static Scope Empty { get; } = new(Outer: null);

    public Scope With(Variable variable) => new(this, Variable: variable);

    public Scope With(Function function) => new(this, Function: function);

    public Scope With(Parameter parameter) => new(this, Parameter: parameter);

    public Variable? FindVariable(string name) => Chain().FirstOrDefault(s => s.Variable?.Name == name)?.Variable;

    /// <summary>The innermost function of this name, which may be a parameter.</summary>
    public Scope? FindFunction(string name, int arity) => Chain().FirstOrDefault(s =>
        (arity == 0 && s.Parameter?.Name == name) || (s.Function is { } f && f.Name == name && f.Parameters.Count == arity));

    private IEnumerable<Scope> Chain()
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            yield return scope;
        }
    }
}
