using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Wego.Kubernetes;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.Tables;

/// <summary>Turns objects into the <c>meta.k8s.io</c> <c>Table</c> that kubectl prints.</summary>
internal sealed class TableConverter
{
    private readonly ResourceDefinition _resource;
    private readonly TimeProvider _clock;
    private readonly IReadOnlyList<(PrinterColumn Column, JsonPath? Path)> _columns;

    public TableConverter(ResourceDefinition resource, ResourceVersionDefinition version, TimeProvider clock)
    {
        _resource = resource;
        _clock = clock;
        _columns = [.. version.Columns.Select(c => (c, c.JsonPath.StartsWith('{') ? null : JsonPath.Parse(c.JsonPath)))];
    }

    /// <summary>What a row carries of its object: <c>None</c>, <c>Metadata</c> (the default) or <c>Object</c>.</summary>
    public static string ReadInclude(IQueryCollection query) => query["includeObject"].ToString() switch
    {
        "" or "Metadata" => "Metadata",
        "None" => "None",
        "Object" => "Object",
        var other => throw ApiErrors.BadRequest($"unrecognized includeObject value: \"{other}\""),
    };

    public JsonObject Convert(IEnumerable<KubernetesObject> items, JsonObject metadata, string version, string include, bool withColumns = true)
    {
        var columns = new JsonArray();
        if (withColumns)
        {
            columns.Add(Definition("Name", "string", "name", "Name must be unique within a namespace.", 0));
            foreach (var (column, _) in _columns)
            {
                columns.Add(Definition(column.Name, column.Type is "date" && !_resource.IsCustom ? "string" : column.Type, column.Format, column.Description, column.Priority));
            }
        }

        var rows = new JsonArray();
        foreach (var item in items)
        {
            rows.Add(Row(item, version, include));
        }

        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = $"meta.k8s.io/{version}",
            ["metadata"] = metadata,
            ["columnDefinitions"] = columns,
            ["rows"] = rows,
        };
    }

    private static JsonObject Definition(string name, string type, string format, string description, int priority) => new()
    {
        ["name"] = name,
        ["type"] = type,
        ["format"] = format,
        ["description"] = description,
        ["priority"] = priority,
    };

    private JsonObject Row(KubernetesObject item, string version, string include)
    {
        var cells = new JsonArray(item.Name);
        foreach (var (column, path) in _columns)
        {
            cells.Add(path is null ? Computed(item, column.JsonPath) : Cell(column, path.Find(item.Root)));
        }

        var row = new JsonObject { ["cells"] = cells };
        if (include is not "None")
        {
            row["object"] = JsonObject.Create((include is "Object" ? item : PartialMetadata.From(item, version)).Root);
        }

        return row;
    }

    private JsonNode? Cell(PrinterColumn column, JsonElement? value)
    {
        if (value is not { } found || found.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return column.Type is "date" or "string" && !_resource.IsCustom ? "<none>" : null;
        }

        return column.Type switch
        {
            "date" => Age(found),
            "integer" or "number" => found.ValueKind == JsonValueKind.Number ? JsonValue.Create(found) : null,
            "boolean" => found.ValueKind is JsonValueKind.True or JsonValueKind.False ? JsonValue.Create(found) : null,
            _ => found.ValueKind == JsonValueKind.String ? found.GetString() : found.GetRawText(),
        };
    }

    private JsonNode Age(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || !DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var time))
        {
            return "<invalid>";
        }

        var age = _clock.GetUtcNow() - time;
        return age switch
        {
            { TotalSeconds: < 0 } => "0s",
            { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalSeconds}s"),
            { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalMinutes}m"),
            { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalHours}h"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalDays}d"),
        };
    }

    /// <summary>The cells that are no single field.</summary>
    private static JsonNode Computed(KubernetesObject item, string what)
    {
        switch (what)
        {
            case "{data}":
                return Count(item.Find("data")) + Count(item.Find("binaryData"));
            default:
                var ready = item.Find("status", "readyReplicas") is { ValueKind: JsonValueKind.Number } r ? r.GetRawText() : "0";
                var wanted = item.Find("spec", "replicas") is { ValueKind: JsonValueKind.Number } w ? w.GetRawText() : "1";
                return $"{ready}/{wanted}";
        }

        static int Count(JsonElement map) => map.ValueKind == JsonValueKind.Object ? map.GetPropertyCount() : 0;
    }
}
