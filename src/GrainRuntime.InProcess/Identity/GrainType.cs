namespace Orleans.Runtime;

/// <summary>The name of a grain class, as in the first half of a <see cref="GrainId"/>.</summary>
public readonly record struct GrainType
{
    private readonly string? _value;

    private GrainType(string value) => _value = value;

    /// <summary>Whether no value was given.</summary>
    public bool IsDefault => _value is null;

    /// <summary>Wraps a name.</summary>
    public static GrainType Create(string value) => new(value);

    /// <summary>The name.</summary>
    public override string ToString() => _value ?? "";
}
