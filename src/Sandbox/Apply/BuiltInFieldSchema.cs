using System.Text.Json.Nodes;
using Wego.Sandbox.Resources;

namespace Wego.Sandbox.Apply;

/// <summary>The schema of fields of built-in kinds, by their names: these are conventions all kinds keep.</summary>
internal sealed class BuiltInFieldSchema(string parent, string ownName) : FieldSchema
{
    private static readonly HashSet<string> Maps =
        new(StringComparer.Ordinal) { "labels", "annotations", "data", "binaryData", "stringData", "matchLabels", "nodeSelector", "limits", "requests", "capacity", "allocatable", "hard", "used", "parameters" };

    /// <summary>The object itself.</summary>
    public static BuiltInFieldSchema Root { get; } = new("", "");

    public override bool IsAtomicMap => ownName switch
    {
        "selector" or "nodeSelector" or "labelSelector" or "namespaceSelector" or "podSelector" or "roleRef" or "secretKeyRef" or "configMapKeyRef" or "fieldRef" or "resourceFieldRef" or "secretRef" or "configMapRef" => true,
        _ => false,
    };

    public override ListMerge ListMerge => ListKeys.IsPrimitiveSet(ownName) ? ListMerge.Set : Keys.Count > 0 ? ListMerge.Map : ListMerge.Atomic;

    public override IReadOnlyList<string> Keys => ListKeys.Apply(parent, ownName);

    public override FieldSchema Items => new BuiltInFieldSchema(parent, ownName);

    public override FieldSchema Property(string name) => new BuiltInFieldSchema(ownName, name);

    public override bool IsDeclared(string name) => !Maps.Contains(ownName);

    public override JsonNode? DefaultKey(string key) => ListKeys.DefaultKey(key);
}
