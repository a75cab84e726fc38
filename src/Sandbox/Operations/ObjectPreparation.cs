using System.Text.Json.Nodes;
using Wego.Sandbox.Admission;
using Wego.Sandbox.Json;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.Operations;

/// <summary>Makes what a client sent into what is stored: defaults, pruning, validation, and the fields the server owns.</summary>
internal sealed class ObjectPreparation(IEnumerable<IObjectCheck> checks)
{
    /// <summary>Metadata that a change never alters.</summary>
    private static readonly string[] ServerFields = ["name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "selfLink", "generateName"];

    /// <exception cref="ApiException">400 or 422.</exception>
    public void PrepareNew(WriteRequest request, JsonObject body)
    {
        if (request.Version.HasStatus)
        {
            body.Remove("status");
        }

        if (!request.Resource.IsCustom)
        {
            BuiltInDefaults.Apply(request.Resource, body);
            BuiltInDefaults.ApplyToNew(request.Resource, body);
        }

        if (request.Resource.IsCustom || request.Resource.CountsGenerations)
        {
            body.Metadata()["generation"] = 1;
        }

        Validate(request, body, null);
    }

    /// <exception cref="ApiException">400 or 422.</exception>
    public JsonObject PrepareChanged(WriteRequest request, JsonObject wanted, JsonObject before)
    {
        var after = wanted;
        if (request.IsStatus)
        {
            after = before.Copy();
            Take(after, wanted, "status");
            Take(after.Metadata(), wanted.Metadata(), "managedFields");
        }
        else if (request.Version.HasStatus)
        {
            Take(after, before, "status");
        }

        var metadata = after.Metadata();
        foreach (var field in ServerFields)
        {
            Take(metadata, before.Metadata(), field);
        }

        if (!request.Resource.IsCustom)
        {
            BuiltInDefaults.Apply(request.Resource, after);
            Take(after.Ensure("metadata"), before.Metadata(), "generation");
        }

        Validate(request, after, before);
        if (before.Metadata().Integer("generation") is { } generation && !IsSameDesire(request, before, after))
        {
            metadata["generation"] = generation + 1;
        }

        return after;
    }

    private static void Take(JsonObject target, JsonObject source, string field)
    {
        if (source[field] is { } value)
        {
            target[field] = value.DeepClone();
        }
        else
        {
            target.Remove(field);
        }
    }

    private static bool IsSameDesire(WriteRequest request, JsonObject before, JsonObject after) =>
        before.Select(p => p.Key).Union(after.Select(p => p.Key), StringComparer.Ordinal)
            .Where(name => name is not ("metadata" or "apiVersion") && !(name is "status" && (request.Version.HasStatus || !request.Resource.IsCustom)))
            .All(name => JsonNode.DeepEquals(before[name], after[name]));

    private void Validate(WriteRequest request, JsonObject body, JsonObject? before)
    {
        var errors = MetadataValidation.Validate(request.Resource, body.Metadata()).ToList();
        if (request.Version.Schema is { } schema)
        {
            schema.Default(body);
            schema.Prune(body);
            errors.AddRange(schema.Validate(body));
        }

        if (!request.Resource.IsCustom)
        {
            errors.AddRange(BuiltInValidation.Validate(request.Resource, body, before));
        }

        if (before is not null)
        {
            errors.AddRange(FinalizerErrors(body, before));
        }

        foreach (var check in checks)
        {
            errors.AddRange(check.Check(request, body, before));
        }

        if (errors.Count > 0)
        {
            throw ApiErrors.Invalid(request.Resource.Group, request.Resource.Kind, body.Metadata().Text("name") ?? "", errors);
        }
    }

    private static IEnumerable<FieldError> FinalizerErrors(JsonObject body, JsonObject before)
    {
        if (before.Metadata().Text("deletionTimestamp") is not { Length: > 0 })
        {
            yield break;
        }

        var added = body.Metadata().Strings("finalizers").Except(before.Metadata().Strings("finalizers"), StringComparer.Ordinal).ToArray();
        if (added.Length > 0)
        {
            yield return FieldError.Forbidden(
                "metadata.finalizers",
                $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{string.Join(", ", added.Select(a => $"\"{a}\""))}}}");
        }
    }
}
