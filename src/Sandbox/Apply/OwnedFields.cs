using System.Text.Json.Nodes;

namespace Wego.Sandbox.Apply;

/// <summary>Computes the fields an applied configuration claims.</summary>
internal static class OwnedFields
{
    /// <summary>What nobody owns: the identity of an object and what only the server writes.</summary>
    private static readonly string[] Unowned = ["name", "namespace", "uid", "creationTimestamp", "generation", "resourceVersion", "managedFields", "selfLink", "deletionTimestamp", "deletionGracePeriodSeconds"];

    public static FieldSet Of(JsonObject configuration, FieldSchema schema)
    {
        var set = new FieldSet();
        Collect(configuration, schema, set);
        return Strip(set);
    }

    /// <summary>Takes away what nobody owns.</summary>
    public static FieldSet Strip(FieldSet set)
    {
        set.Children.Remove("f:apiVersion");
        set.Children.Remove("f:kind");
        if (set.Find("f:metadata") is { } metadata)
        {
            foreach (var name in Unowned)
            {
                metadata.Children.Remove(PathElement.Field(name));
            }

            metadata.IsMember = false;
        }

        return set;
    }

    private static void Collect(JsonNode? value, FieldSchema schema, FieldSet set)
    {
        if (!FieldComparison.IsMerged(value, schema))
        {
            set.IsMember = true;
            return;
        }

        if (value is JsonObject body)
        {
            foreach (var (name, item) in body)
            {
                var child = set.Child(PathElement.Field(name));
                child.IsMember |= !schema.IsDeclared(name);
                Collect(item, schema.Property(name), child);
            }
        }
        else
        {
            foreach (var (element, item) in FieldComparison.Index((JsonArray)value!, schema))
            {
                var child = set.Child(element);
                Collect(item, schema.Items, child);
                child.IsMember = true;
            }
        }
    }
}
