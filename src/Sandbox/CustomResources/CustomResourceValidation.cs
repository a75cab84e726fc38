using System.Text.Json.Nodes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.CustomResources;

/// <summary>Validates definitions as far as serving them depends on it.</summary>
internal static class CustomResourceValidation
{
    public static IEnumerable<FieldError> Validate(JsonObject body, JsonObject? before, ResourceRegistry registry)
    {
        var spec = body.Object("spec");
        var names = spec.Object("names");
        var group = spec.Text("group") ?? "";
        foreach (var (field, value) in new[] { ("spec.group", group), ("spec.names.plural", names.Text("plural")), ("spec.names.kind", names.Text("kind")), ("spec.scope", spec.Text("scope")) })
        {
            if (string.IsNullOrEmpty(value))
            {
                yield return FieldError.Required(field);
            }
        }

        var expected = $"{names.Text("plural")}.{group}";
        if (body.Metadata().Text("name") != expected)
        {
            yield return FieldError.Invalid("metadata.name", body.Metadata().Text("name"), $"must be spec.names.plural+\".\"+spec.group ({expected})");
        }

        if (spec.Text("scope") is { Length: > 0 } scope and not ("Namespaced" or "Cluster"))
        {
            yield return FieldError.NotSupported("spec.scope", scope, ["\"Cluster\"", "\"Namespaced\""]);
        }

        if (registry.Find(new Storage.GroupResource(group, names.Text("plural") ?? "")) is { IsCustom: false })
        {
            yield return FieldError.Forbidden("spec.names.plural", "a built-in resource has that name");
        }

        if (before is not null && before.Object("spec").Text("scope") != spec.Text("scope"))
        {
            yield return FieldError.Invalid("spec.scope", spec?["scope"], "field is immutable");
        }

        foreach (var error in Versions(spec.Array("versions") ?? []))
        {
            yield return error;
        }
    }

    private static IEnumerable<FieldError> Versions(JsonArray versions)
    {
        if (versions.Count(v => v.Flag("storage")) != 1)
        {
            yield return FieldError.Invalid("spec.versions", versions, "must have exactly one version marked as storage version");
        }

        for (var i = 0; i < versions.Count; i++)
        {
            if (string.IsNullOrEmpty(versions[i].Text("name")))
            {
                yield return FieldError.Required($"spec.versions[{i}].name");
            }

            if (versions[i].Object("schema").Object("openAPIV3Schema") is not { } schema)
            {
                yield return FieldError.Required($"spec.versions[{i}].schema.openAPIV3Schema", "schemas are required");
            }
            else if (schema.Text("type") is not "object")
            {
                yield return FieldError.Invalid($"spec.versions[{i}].schema.openAPIV3Schema.type", schema["type"], "must be object at the root");
            }
        }
    }
}
