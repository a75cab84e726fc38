using System.Text.Json.Nodes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Operations;

namespace Wego.Sandbox.Apply;

/// <summary>Keeps <c>metadata.managedFields</c> true under writes that are not applies: who changes a field owns it from then on.</summary>
internal static class ManagedFieldsTracker
{
    /// <summary>Records an update or, with no <paramref name="before"/>, a creation.</summary>
    public static void RecordUpdate(WriteRequest request, JsonObject? before, JsonObject after, string now)
    {
        if (IsReset(after))
        {
            // An explicitly empty list is the way to get rid of all ownership.
            after.Metadata().Remove("managedFields");
            return;
        }

        var comparison = FieldComparison.Compare(before ?? [], after, FieldSchemas.For(request));
        var changed = OwnedFields.Strip(comparison.Added.Union(comparison.Modified));
        var removed = OwnedFields.Strip(comparison.Removed);
        var entries = before is null ? [] : ManagedEntry.Read(before);
        if (changed.IsEmpty && removed.IsEmpty)
        {
            ManagedEntry.Write(after, entries);
            return;
        }

        var own = entries.Find(e => e.Is(request, ManagedEntry.Update));
        var others = entries.Where(e => !ReferenceEquals(e, own))
            .Select(e => e with { Fields = e.Fields.Difference(changed).Difference(removed) });
        var fields = (own?.Fields ?? new FieldSet()).Difference(removed).Union(changed);
        ManagedEntry.Write(after, [.. others, new ManagedEntry(request.FieldManager, ManagedEntry.Update, request.ApiVersion, request.Subresource, now, fields)]);
    }

    private static bool IsReset(JsonObject after) =>
        after.Metadata().Array("managedFields") is { } list && (list.Count == 0 || (list.Count == 1 && list[0] is JsonObject { Count: 0 }));
}
