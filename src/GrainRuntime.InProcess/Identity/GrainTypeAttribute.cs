namespace Orleans;

/// <summary>Names a grain class in identities; by default the class name in lower case without a trailing "grain".</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GrainTypeAttribute : Attribute
{
    /// <summary>Names the class.</summary>
    public GrainTypeAttribute(string grainType) => GrainType = grainType;

    /// <summary>The name.</summary>
    internal string GrainType { get; }
}
