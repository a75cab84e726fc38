using System.Text.Json.Nodes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.Patching;

/// <summary>
/// Strategic merge patch: a merge patch in which lists of built-in kinds are merged by their keys, with the directives
/// <c>$patch</c>, <c>$retainKeys</c>, <c>$setElementOrder</c> and <c>$deleteFromPrimitiveList</c>.
/// </summary>
internal static class StrategicMergePatch
{
    private const string Directive = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string SetElementOrder = "$setElementOrder/";
    private const string DeleteFromPrimitiveList = "$deleteFromPrimitiveList/";

    /// <exception cref="ApiException">400: the patch does not fit the object.</exception>
    public static JsonObject Apply(JsonObject target, JsonObject patch) => Merge(target, patch, "");

    private static JsonObject Merge(JsonObject target, JsonObject patch, string parent)
    {
        switch (patch.Text(Directive))
        {
            case "replace":
                var replacement = patch.Copy();
                replacement.Remove(Directive);
                return replacement;
            case "delete":
                return [];
        }

        if (patch.Array(RetainKeys) is not null)
        {
            var retained = patch.Strings(RetainKeys).ToHashSet(StringComparer.Ordinal);
            foreach (var name in target.Select(p => p.Key).Where(k => !retained.Contains(k)).ToArray())
            {
                target.Remove(name);
            }
        }

        foreach (var (name, value) in patch)
        {
            if (name is Directive or RetainKeys || name.StartsWith(SetElementOrder, StringComparison.Ordinal))
            {
                continue;
            }

            if (name.StartsWith(DeleteFromPrimitiveList, StringComparison.Ordinal))
            {
                RemoveValues(target, name[DeleteFromPrimitiveList.Length..], value as JsonArray ?? []);
                continue;
            }

            switch (value)
            {
                case null:
                    target.Remove(name);
                    break;
                case JsonObject changes:
                    var present = target.Object(name);
                    var merged = Merge(present ?? [], changes, name);
                    if (!ReferenceEquals(present, merged))
                    {
                        target[name] = merged;
                    }

                    break;
                case JsonArray items:
                    var order = patch.Array(SetElementOrder + name);
                    target[name] = MergeList(target.Array(name), items, order, parent, name);
                    break;
                default:
                    target[name] = value.DeepClone();
                    break;
            }
        }

        foreach (var (name, order) in patch.Where(p => p.Key.StartsWith(SetElementOrder, StringComparison.Ordinal)))
        {
            var list = name[SetElementOrder.Length..];
            if (!patch.ContainsKey(list) && target.Array(list) is { } unchanged)
            {
                target[list] = MergeList(unchanged, [], order as JsonArray, parent, list);
            }
        }

        return target;
    }

    private static JsonArray MergeList(JsonArray? target, JsonArray patch, JsonArray? order, string parent, string name)
    {
        var items = (target ?? []).Select(i => i?.DeepClone()).ToList();
        if (ListKeys.IsPrimitiveSet(name))
        {
            items.AddRange(patch.Where(p => !items.Any(i => JsonNode.DeepEquals(i, p))).Select(p => p?.DeepClone()));
            return new JsonArray([.. items]);
        }

        if (ListKeys.Strategic(parent, name) is not { } key || patch.Any(p => p is not JsonObject))
        {
            return patch.DeepClone().AsArray();
        }

        if (patch.Any(p => p.Text(Directive) is "replace"))
        {
            return new JsonArray([.. patch.Where(p => p.Text(Directive) is not "replace").Select(p => p?.DeepClone())]);
        }

        foreach (var entry in patch.OfType<JsonObject>())
        {
            var id = entry[key] ?? throw ApiErrors.BadRequest($"map: {entry.ToJsonString()} does not contain declared merge key: {key}");
            var at = items.FindIndex(i => JsonNode.DeepEquals(i is JsonObject o ? o[key] : null, id));
            if (entry.Text(Directive) is "delete")
            {
                if (at >= 0)
                {
                    items.RemoveAt(at);
                }
            }
            else if (at >= 0)
            {
                items[at] = Merge(items[at]!.AsObject(), entry, name);
            }
            else
            {
                items.Add(Merge([], entry, name));
            }
        }

        return new JsonArray([.. Ordered(items, order, key)]);
    }

    private static IEnumerable<JsonNode?> Ordered(List<JsonNode?> items, JsonArray? order, string key)
    {
        if (order is null)
        {
            return items;
        }

        var ids = order.Select(o => JsonText.Canonical(o is JsonObject entry ? entry[key] : o)).ToList();
        var ranks = items.Select(i => ids.IndexOf(JsonText.Canonical((i as JsonObject)?[key]))).ToArray();

        // Items the order does not know stay behind the item they followed.
        var last = -1;
        for (var i = 0; i < ranks.Length; i++)
        {
            last = ranks[i] >= 0 ? ranks[i] : last;
            ranks[i] = ranks[i] >= 0 ? ranks[i] * 2 : (last * 2) + 1;
        }

        return items.Zip(ranks).OrderBy(p => p.Second).Select(p => p.First);
    }

    private static void RemoveValues(JsonObject target, string name, JsonArray values)
    {
        if (target.Array(name) is { } list)
        {
            target[name] = new JsonArray([.. list.Where(i => !values.Any(v => JsonNode.DeepEquals(v, i))).Select(i => i?.DeepClone())]);
        }
    }
}
