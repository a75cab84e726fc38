using System.Text.Json.Nodes;
using Wego.Sandbox.CustomResources;

namespace Wego.Sandbox.Apply;

/// <summary>The schema of fields of custom kinds, from the structural schema. A null schema is a field nothing is known about.</summary>
internal sealed class CustomFieldSchema(StructuralSchema? schema, bool isResource) : FieldSchema
{
    public override bool IsAtomicMap => schema?.MapType is "atomic";

    public override ListMerge ListMerge => schema?.ListType switch
    {
        "map" => ListMerge.Map,
        "set" => ListMerge.Set,
        _ => ListMerge.Atomic,
    };

    public override IReadOnlyList<string> Keys => schema?.ListMapKeys ?? [];

    public override FieldSchema Items => new CustomFieldSchema(schema?.Items, isResource: false);

    public override FieldSchema Property(string name)
    {
        if (isResource && name is "metadata")
        {
            return BuiltInFieldSchema.Root.Property(name);
        }

        return schema is not null && schema.Properties.TryGetValue(name, out var property)
            ? new CustomFieldSchema(property, property.IsEmbeddedResource)
            : new CustomFieldSchema(schema?.AdditionalProperties, isResource: false);
    }

    public override bool IsDeclared(string name) => (isResource && name is "metadata") || (schema?.Properties.ContainsKey(name) ?? false);

    public override JsonNode? DefaultKey(string key) =>
        schema?.Items?.Properties.TryGetValue(key, out var property) == true ? property.DefaultValue : null;
}
