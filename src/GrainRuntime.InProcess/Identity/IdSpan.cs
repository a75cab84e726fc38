namespace Orleans.Runtime;

/// <summary>A part of a grain's identity.</summary>
public readonly record struct IdSpan
{
    private readonly string? _value;

    private IdSpan(string value) => _value = value;

    /// <summary>Whether no value was given.</summary>
    public bool IsDefault => _value is null;

    /// <summary>Wraps a string.</summary>
    public static IdSpan Create(string id) => new(id);

    /// <summary>The string.</summary>
    public override string ToString() => _value ?? "";
}
