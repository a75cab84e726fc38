using System.Text.Json.Nodes;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Apply;

/// <summary>The fields that differ between two states of an object.</summary>
internal sealed class FieldComparison
{
    public FieldSet Added { get; } = new();

    public FieldSet Modified { get; } = new();

    public FieldSet Removed { get; } = new();

    public bool IsSame => Added.IsEmpty && Modified.IsEmpty && Removed.IsEmpty;

    public static FieldComparison Compare(JsonObject before, JsonObject after, FieldSchema schema)
    {
        var comparison = new FieldComparison();
        Members(before, after, schema, comparison.Added, comparison.Modified, comparison.Removed);
        return comparison;
    }

    private static void Compare(JsonNode? before, bool hasBefore, JsonNode? after, bool hasAfter, FieldSchema schema, FieldSet added, FieldSet modified, FieldSet removed)
    {
        var container = after ?? before;
        if (IsMerged(container, schema) && (before is null || before.GetType() == container!.GetType()))
        {
            if (container is JsonObject)
            {
                Members(before as JsonObject ?? [], after as JsonObject ?? [], schema, added, modified, removed);
            }
            else
            {
                Elements(before as JsonArray ?? [], after as JsonArray ?? [], schema, added, modified, removed);
            }

            added.IsMember |= !hasBefore;
            removed.IsMember |= !hasAfter;
            return;
        }

        if (!hasBefore)
        {
            added.IsMember = true;
        }
        else if (!hasAfter)
        {
            removed.IsMember = true;
        }
        else if (!JsonNode.DeepEquals(before, after))
        {
            modified.IsMember = true;
        }
    }

    /// <summary>Whether a value is looked into rather than taken as one.</summary>
    public static bool IsMerged(JsonNode? value, FieldSchema schema) => value switch
    {
        JsonObject { Count: > 0 } => !schema.IsAtomicMap,
        JsonArray { Count: > 0 } => schema.ListMerge != ListMerge.Atomic,
        _ => false,
    };

    private static void Members(JsonObject before, JsonObject after, FieldSchema schema, FieldSet added, FieldSet modified, FieldSet removed)
    {
        foreach (var name in before.Select(p => p.Key).Union(after.Select(p => p.Key), StringComparer.Ordinal))
        {
            var element = PathElement.Field(name);
            Compare(
                before[name],
                before.ContainsKey(name),
                after[name],
                after.ContainsKey(name),
                schema.Property(name),
                added.Child(element),
                modified.Child(element),
                removed.Child(element));
        }
    }

    private static void Elements(JsonArray before, JsonArray after, FieldSchema schema, FieldSet added, FieldSet modified, FieldSet removed)
    {
        var old = Index(before, schema);
        var now = Index(after, schema);
        foreach (var element in old.Keys.Union(now.Keys, StringComparer.Ordinal))
        {
            var hasOld = old.TryGetValue(element, out var a);
            var hasNow = now.TryGetValue(element, out var b);
            Compare(a, hasOld, b, hasNow, schema.Items, added.Child(element), modified.Child(element), removed.Child(element));
        }
    }

    /// <summary>The items of a merged list by their path elements.</summary>
    public static Dictionary<string, JsonNode?> Index(JsonArray list, FieldSchema schema)
    {
        var index = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var item in list)
        {
            index[Element(item, schema)] = item;
        }

        return index;
    }

    /// <summary>The path element of an item of a merged list.</summary>
    public static string Element(JsonNode? item, FieldSchema schema) =>
        schema.ListMerge == ListMerge.Set ? PathElement.Value(item) : PathElement.Key(schema, item) ?? "v:" + JsonText.Canonical(item);
}
