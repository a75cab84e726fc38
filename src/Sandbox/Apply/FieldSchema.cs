using System.Text.Json.Nodes;

namespace Wego.Sandbox.Apply;

/// <summary>What applying has to know of a field: whether it is one value or merged, and by what.</summary>
internal abstract class FieldSchema
{
    /// <summary>Whether an object here is replaced as a whole.</summary>
    public virtual bool IsAtomicMap => false;

    /// <summary>How a list here is merged.</summary>
    public virtual ListMerge ListMerge => ListMerge.Atomic;

    /// <summary>The fields that tell list items apart.</summary>
    public virtual IReadOnlyList<string> Keys => [];

    /// <summary>The schema of list items.</summary>
    public abstract FieldSchema Items { get; }

    /// <summary>The schema of a field of an object.</summary>
    public abstract FieldSchema Property(string name);

    /// <summary>Whether the field is part of the type, as opposed to a key of a map.</summary>
    public abstract bool IsDeclared(string name);

    /// <summary>What stands in for a missing key field.</summary>
    public virtual JsonNode? DefaultKey(string key) => null;
}
