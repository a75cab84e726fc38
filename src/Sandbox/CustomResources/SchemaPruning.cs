using System.Text.Json.Nodes;

namespace Wego.Sandbox.CustomResources;

/// <summary>Pruning: unknown fields of custom objects are dropped before they are stored.</summary>
internal static class SchemaPruning
{
    public static void Prune(StructuralSchema schema, JsonNode? node, bool isRoot = false)
    {
        switch (node)
        {
            case JsonArray array when schema.Items is { } items:
                foreach (var item in array)
                {
                    Prune(items, item);
                }

                break;
            case JsonObject body:
                PruneObject(schema, body, isRoot || schema.IsEmbeddedResource);
                break;
        }
    }

    private static void PruneObject(StructuralSchema schema, JsonObject body, bool isResource)
    {
        foreach (var (name, value) in body.ToArray())
        {
            if (isResource && name is ("apiVersion" or "kind" or "metadata"))
            {
                continue;
            }

            if (schema.Properties.TryGetValue(name, out var property))
            {
                Prune(property, value);
            }
            else if (schema.AdditionalProperties is { } additional)
            {
                Prune(additional, value);
            }
            else if (!schema.PreservesUnknownFields && !schema.AllowsAnyProperty)
            {
                body.Remove(name);
            }
        }
    }
}
