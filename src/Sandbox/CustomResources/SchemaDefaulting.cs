using System.Text.Json.Nodes;

namespace Wego.Sandbox.CustomResources;

/// <summary>Defaulting: missing fields get the default of the schema; nulls count as missing where the schema does not allow them.</summary>
internal static class SchemaDefaulting
{
    public static void Apply(StructuralSchema schema, JsonNode? node)
    {
        switch (node)
        {
            case JsonArray array when schema.Items is { } items:
                foreach (var item in array)
                {
                    Apply(items, item);
                }

                break;
            case JsonObject body:
                foreach (var (name, property) in schema.Properties)
                {
                    var isNull = body.TryGetPropertyValue(name, out var value) && value is null;
                    if (property.DefaultValue is { } standard && (value is null && (!isNull || !property.Nullable)))
                    {
                        body[name] = standard.DeepClone();
                    }

                    Apply(property, body[name]);
                }

                if (schema.AdditionalProperties is { } additional)
                {
                    foreach (var (name, value) in body)
                    {
                        if (!schema.Properties.ContainsKey(name))
                        {
                            Apply(additional, value);
                        }
                    }
                }

                break;
        }
    }
}
