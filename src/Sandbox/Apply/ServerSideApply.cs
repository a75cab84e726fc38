using System.Text.Json.Nodes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Operations;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.Apply;

/// <summary>
/// Server-side apply: a manager declares the fields it wants. What it stops declaring is removed unless another manager
/// owns it too; what another manager owns with a different value is a conflict unless forced.
/// </summary>
internal static class ServerSideApply
{
    /// <returns>The object as it should become, with its managed fields.</returns>
    /// <exception cref="ApiException">409: conflicts.</exception>
    public static JsonObject Merge(WriteRequest request, JsonObject? live, JsonObject configuration, bool force, string now)
    {
        var schema = FieldSchemas.For(request);
        RemoveForeignParts(request, configuration);
        foreach (var field in new[] { "resourceVersion", "uid", "managedFields", "creationTimestamp", "generation" })
        {
            configuration.Metadata().Remove(field);
        }

        var present = live ?? [];
        var entries = ManagedEntry.Read(present);
        var own = entries.Find(e => e.Is(request, ManagedEntry.Apply));
        var others = entries.Where(e => !ReferenceEquals(e, own)).ToList();
        var claimed = OwnedFields.Of(configuration, schema);

        var merged = FieldMerge.Merge(present, configuration, schema)!.AsObject();
        if (own is not null)
        {
            var owned = others.Aggregate(claimed, (set, entry) => set.Union(entry.Fields));
            FieldMerge.Prune(merged, schema, own.Fields, owned);
            ObjectIdentity.Stamp(request, merged);
        }

        var comparison = FieldComparison.Compare(present, merged, schema);
        var changed = OwnedFields.Strip(comparison.Modified.Union(comparison.Added));
        var removed = OwnedFields.Strip(comparison.Removed);
        CheckConflicts(others, changed, force);
        if (own is not null && own.Fields.SetEquals(claimed) && changed.IsEmpty && removed.IsEmpty)
        {
            return merged;
        }

        var remaining = others.Select(e => e with { Fields = e.Fields.Difference(changed).Difference(removed) });
        ManagedEntry.Write(merged, [.. remaining, new ManagedEntry(request.FieldManager, ManagedEntry.Apply, request.ApiVersion, request.Subresource, now, claimed)]);
        return merged;
    }

    /// <summary>Drops what the endpoint does not write: the status of the object, or everything but the status.</summary>
    private static void RemoveForeignParts(WriteRequest request, JsonObject configuration)
    {
        if (request.IsStatus)
        {
            foreach (var name in configuration.Select(p => p.Key).Where(n => n is not ("apiVersion" or "kind" or "metadata" or "status")).ToArray())
            {
                configuration.Remove(name);
            }

            configuration["metadata"] = new JsonObject { ["name"] = request.Name };
            if (request.Namespace.Length > 0)
            {
                configuration.Metadata()["namespace"] = request.Namespace;
            }
        }
        else if (request.Version.HasStatus)
        {
            configuration.Remove("status");
        }
    }

    private static void CheckConflicts(IEnumerable<ManagedEntry> others, FieldSet changed, bool force)
    {
        if (force)
        {
            return;
        }

        var conflicts = others
            .SelectMany(e => e.Fields.Intersection(changed).Paths().Select(path => (Manager: e.Describe(), Path: path)))
            .ToArray();
        if (conflicts.Length == 0)
        {
            return;
        }

        var texts = conflicts.GroupBy(c => c.Manager, c => c.Path, StringComparer.Ordinal).Select(g => g.Count() == 1
            ? $"conflict with {g.Key}: {g.First()}"
            : $"conflicts with {g.Key}:\n{string.Join('\n', g.Select(path => $"- {path}"))}");
        throw new ApiException(
            409,
            "Conflict",
            $"Apply failed with {conflicts.Length} {(conflicts.Length == 1 ? "conflict" : "conflicts")}: {string.Join('\n', texts)}",
            new JsonObject
            {
                ["causes"] = new JsonArray([.. conflicts.Select(c => new JsonObject
                {
                    ["reason"] = "FieldManagerConflict",
                    ["message"] = $"conflict with {c.Manager}",
                    ["field"] = c.Path,
                })]),
            });
    }
}
