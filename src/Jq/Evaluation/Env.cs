namespace Wego.Jq;

/// <summary>What names stand for where an expression is evaluated: a chain from the innermost binding outwards.</summary>
internal sealed class Env
{
    private readonly Env? _outer;
    private readonly object? _symbol;
    private readonly object? _content;
    private readonly int _depth;

    private Env(Env? outer, object? symbol, object? content, int depth) => (_outer, _symbol, _content, _depth) = (outer, symbol, content, depth);

    /// <summary>Without bindings.</summary>
    public static Env Root { get; } = new(null, null, null, 0);

    /// <summary>Binds a variable.</summary>
    public Env Bind(Variable variable, JqValue value) => new(this, variable, value, _depth);

    /// <summary>Binds a filter that was given to a function.</summary>
    public Env Bind(Parameter parameter, Closure closure) => new(this, parameter, closure, _depth);

    /// <summary>Makes a function known, to itself as well.</summary>
    public Env Define(Function function) => new(this, function, null, _depth);

    /// <summary>The bindings in which a function's body begins, called from these.</summary>
    public Env Enter(Function function, Run run)
    {
        if (_depth >= run.Limits.MaxDepth)
        {
            throw run.TooDeep();
        }

        var home = function.IsBuiltin ? Root : Find(function);
        return new Env(home._outer, home._symbol, home._content, _depth + 1);
    }

    public JqValue Value(Variable variable) => (JqValue)Find(variable)._content!;

    public Closure Value(Parameter parameter) => (Closure)Find(parameter)._content!;

    private Env Find(object symbol)
    {
        var env = this;
        while (!ReferenceEquals(env._symbol, symbol))
        {
            // The parser has checked that every name is bound.
            env = env._outer!;
        }

        return env;
    }
}
