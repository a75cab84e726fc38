namespace Wego.Jq;

/// <summary>What stands after <c>as</c>: takes a value apart and binds its parts to variables.</summary>
internal abstract class Pattern
{
    /// <summary>The variables that it binds.</summary>
    public abstract IEnumerable<Variable> Variables { get; }

    /// <summary>The bindings; several where a key expression yields several keys.</summary>
    /// <param name="run">The evaluation.</param>
    /// <param name="env">The bindings so far.</param>
    /// <param name="input">What expressions in the pattern see.</param>
    /// <param name="value">What is taken apart.</param>
    public abstract IEnumerable<Env> Bind(Run run, Env env, JqValue input, JqValue value);
}
