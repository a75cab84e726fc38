using System.Text.Json.Nodes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Operations;

namespace Wego.Sandbox.Apply;

/// <summary>One entry of <c>metadata.managedFields</c>: what a manager owns through one operation, version and subresource.</summary>
internal sealed record ManagedEntry(string Manager, string Operation, string ApiVersion, string Subresource, string Time, FieldSet Fields)
{
    public const string Apply = "Apply";
    public const string Update = "Update";

    /// <summary>The entries of an object.</summary>
    public static List<ManagedEntry> Read(JsonObject body) =>
        [.. (body.Metadata().Array("managedFields") ?? []).OfType<JsonObject>().Where(e => e.Count > 0).Select(Parse)];

    /// <summary>Replaces the entries of an object; those that own nothing are left out.</summary>
    public static void Write(JsonObject body, IEnumerable<ManagedEntry> entries)
    {
        var kept = entries.Where(e => !e.Fields.IsEmpty)
            .OrderBy(e => e.Operation, StringComparer.Ordinal).ThenBy(e => e.Time, StringComparer.Ordinal).ThenBy(e => e.Manager, StringComparer.Ordinal)
            .Select(e => e.ToJson()).ToArray();
        if (kept.Length == 0)
        {
            body.Metadata().Remove("managedFields");
        }
        else
        {
            body.Metadata()["managedFields"] = new JsonArray(kept);
        }
    }

    public bool Is(WriteRequest request, string operation) =>
        string.Equals(Manager, request.FieldManager, StringComparison.Ordinal)
        && string.Equals(Operation, operation, StringComparison.Ordinal)
        && string.Equals(Subresource, request.Subresource, StringComparison.Ordinal)
        && (operation is Apply || string.Equals(ApiVersion, request.ApiVersion, StringComparison.Ordinal));

    /// <summary>How error messages name the manager.</summary>
    public string Describe()
    {
        var name = Subresource.Length == 0 ? $"\"{Manager}\"" : $"\"{Manager}\" with subresource \"{Subresource}\"";
        return Operation is Update ? $"{name} using {ApiVersion}{(Time.Length == 0 ? "" : $" at {Time}")}" : name;
    }

    private static ManagedEntry Parse(JsonObject entry) => new(
        entry.Text("manager") ?? "",
        entry.Text("operation") ?? Update,
        entry.Text("apiVersion") ?? "",
        entry.Text("subresource") ?? "",
        entry.Text("time") ?? "",
        FieldSet.FromFieldsV1(entry.Object("fieldsV1")));

    private JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["manager"] = Manager,
            ["operation"] = Operation,
            ["apiVersion"] = ApiVersion,
            ["time"] = Time,
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = Fields.ToFieldsV1(),
        };
        if (Subresource.Length > 0)
        {
            json["subresource"] = Subresource;
        }

        return json;
    }
}
