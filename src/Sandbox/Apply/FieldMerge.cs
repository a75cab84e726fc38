using System.Text.Json.Nodes;

namespace Wego.Sandbox.Apply;

/// <summary>Merges a configuration into an object, and takes out of it what nobody claims any more.</summary>
internal static class FieldMerge
{
    public static JsonNode? Merge(JsonNode? live, JsonNode? configuration, FieldSchema schema)
    {
        switch (live, configuration)
        {
            case (JsonObject target, JsonObject changes) when !schema.IsAtomicMap:
                var result = target.DeepClone().AsObject();
                foreach (var (name, value) in changes)
                {
                    result[name] = Merge(target[name], value, schema.Property(name));
                }

                return result;
            case (JsonArray target, JsonArray changes) when schema.ListMerge != ListMerge.Atomic:
                return MergeList(target, changes, schema);
            default:
                return configuration?.DeepClone();
        }
    }

    /// <summary>Removes the fields of <paramref name="formerly"/> that are not in <paramref name="owned"/>, and what becomes empty by that.</summary>
    public static void Prune(JsonNode? node, FieldSchema schema, FieldSet formerly, FieldSet? owned)
    {
        switch (node)
        {
            case JsonObject body:
                foreach (var (element, before) in formerly.Children)
                {
                    var name = element[2..];
                    if (element.StartsWith("f:", StringComparison.Ordinal) && body.TryGetPropertyValue(name, out var value)
                        && IsGone(value, schema.Property(name), before, owned?.Find(element)))
                    {
                        body.Remove(name);
                    }
                }

                break;
            case JsonArray list when schema.ListMerge != ListMerge.Atomic:
                foreach (var (element, item) in FieldComparison.Index(list, schema))
                {
                    if (formerly.Find(element) is { } before && IsGone(item, schema.Items, before, owned?.Find(element)))
                    {
                        list.Remove(item);
                    }
                }

                break;
        }
    }

    private static bool IsGone(JsonNode? value, FieldSchema schema, FieldSet formerly, FieldSet? owned)
    {
        var unclaimed = owned is null || owned.IsEmpty;
        if (formerly.IsMember && unclaimed)
        {
            return true;
        }

        Prune(value, schema, formerly, owned);
        return unclaimed && value is (JsonObject { Count: 0 } or JsonArray { Count: 0 });
    }

    private static JsonArray MergeList(JsonArray target, JsonArray changes, FieldSchema schema)
    {
        var wanted = FieldComparison.Index(changes, schema);
        var present = FieldComparison.Index(target, schema);
        var shared = new Queue<string>(wanted.Keys.Where(present.ContainsKey));
        var result = new JsonArray();
        foreach (var (element, item) in present)
        {
            // Items of the configuration stand in its order, in the places they had.
            var place = wanted.ContainsKey(element) ? shared.Dequeue() : null;
            result.Add(place is null ? item?.DeepClone() : Merge(present[place], wanted[place], schema.Items));
        }

        foreach (var (element, item) in wanted)
        {
            if (!present.ContainsKey(element))
            {
                result.Add(item?.DeepClone());
            }
        }

        return result;
    }
}
