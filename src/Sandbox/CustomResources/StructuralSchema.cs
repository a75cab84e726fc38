using System.Text.Json.Nodes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.CustomResources;

/// <summary>A structural schema (<c>openAPIV3Schema</c> of a CRD version) with what it does to objects.</summary>
internal sealed class StructuralSchema
{
    private StructuralSchema(JsonObject source) => Source = source;

    /// <summary>The schema as written in the CRD.</summary>
    public JsonObject Source { get; }

    public IReadOnlyDictionary<string, StructuralSchema> Properties { get; private init; } = new Dictionary<string, StructuralSchema>(StringComparer.Ordinal);

    /// <summary>The schema of values under names that <see cref="Properties"/> does not list.</summary>
    public StructuralSchema? AdditionalProperties { get; private init; }

    public bool AllowsAnyProperty { get; private init; }

    public StructuralSchema? Items { get; private init; }

    public bool PreservesUnknownFields { get; private init; }

    public bool IsEmbeddedResource { get; private init; }

    public bool IsIntOrString { get; private init; }

    public bool Nullable { get; private init; }

    public string Type { get; private init; } = "";

    /// <summary><c>atomic</c>, <c>set</c> or <c>map</c>.</summary>
    public string ListType { get; private init; } = "atomic";

    public IReadOnlyList<string> ListMapKeys { get; private init; } = [];

    /// <summary><c>granular</c> or <c>atomic</c>.</summary>
    public string MapType { get; private init; } = "granular";

    public JsonNode? DefaultValue { get; private init; }

    public static StructuralSchema Parse(JsonObject source) => new(source)
    {
        Properties = (source.Object("properties") ?? []).Where(p => p.Value is JsonObject)
            .ToDictionary(p => p.Key, p => Parse(p.Value!.AsObject()), StringComparer.Ordinal),
        AdditionalProperties = source.Object("additionalProperties") is { } additional ? Parse(additional) : null,
        AllowsAnyProperty = source.Flag("additionalProperties"),
        Items = source.Object("items") is { } items ? Parse(items) : null,
        PreservesUnknownFields = source.Flag("x-kubernetes-preserve-unknown-fields"),
        IsEmbeddedResource = source.Flag("x-kubernetes-embedded-resource"),
        IsIntOrString = source.Flag("x-kubernetes-int-or-string"),
        Nullable = source.Flag("nullable"),
        Type = source.Text("type") ?? "",
        ListType = source.Text("x-kubernetes-list-type") ?? "atomic",
        ListMapKeys = [.. source.Strings("x-kubernetes-list-map-keys")],
        MapType = source.Text("x-kubernetes-map-type") ?? "granular",
        DefaultValue = source["default"],
    };

    /// <summary>Removes the fields the schema does not know. The metadata of the object itself stays.</summary>
    public void Prune(JsonObject body) => SchemaPruning.Prune(this, body, isRoot: true);

    /// <summary>Sets the defaults of missing fields.</summary>
    public void Default(JsonObject body) => SchemaDefaulting.Apply(this, body);

    public IEnumerable<FieldError> Validate(JsonObject body) => SchemaValidation.ValidateObject(this, body);

    /// <summary>A copy for an OpenAPI document.</summary>
    public JsonObject ToOpenApi() => Source.Copy();
}
