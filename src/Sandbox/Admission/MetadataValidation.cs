using System.Text.Json.Nodes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.Admission;

/// <summary>Checks <c>metadata</c>, whatever the kind.</summary>
internal static class MetadataValidation
{
    private const int AnnotationLimit = 256 * 1024;

    public static IEnumerable<FieldError> Validate(ResourceDefinition resource, JsonObject metadata)
    {
        var name = metadata.Text("name");
        if (string.IsNullOrEmpty(name))
        {
            yield return FieldError.Required("metadata.name", "name or generateName is required");
        }
        else if (NameValidation.Name(resource.NameRule, name) is { } wrong)
        {
            yield return FieldError.Invalid("metadata.name", name, wrong);
        }

        foreach (var (key, value) in metadata.Object("labels") ?? [])
        {
            if (NameValidation.QualifiedName(key) is { } wrongKey)
            {
                yield return FieldError.Invalid("metadata.labels", key, wrongKey);
            }

            if (value.AsText() is not { } text)
            {
                yield return FieldError.TypeInvalid($"metadata.labels.{key}", value, "must be a string");
            }
            else if (NameValidation.LabelValue(text) is { } wrongValue)
            {
                yield return FieldError.Invalid("metadata.labels", text, wrongValue);
            }
        }

        foreach (var error in Annotations(metadata))
        {
            yield return error;
        }

        foreach (var finalizer in metadata.Strings("finalizers"))
        {
            if (NameValidation.QualifiedName(finalizer) is { } wrong)
            {
                yield return FieldError.Invalid("metadata.finalizers", finalizer, wrong);
            }
        }

        foreach (var error in Owners(metadata))
        {
            yield return error;
        }
    }

    private static IEnumerable<FieldError> Annotations(JsonObject metadata)
    {
        var size = 0;
        foreach (var (key, value) in metadata.Object("annotations") ?? [])
        {
            if (NameValidation.QualifiedName(key.ToLowerInvariant()) is { } wrong)
            {
                yield return FieldError.Invalid("metadata.annotations", key, wrong);
            }

            if (value.AsText() is not { } text)
            {
                yield return FieldError.TypeInvalid($"metadata.annotations.{key}", value, "must be a string");
            }
            else
            {
                size += key.Length + text.Length;
            }
        }

        if (size > AnnotationLimit)
        {
            yield return new FieldError("FieldValueTooLong", "metadata.annotations", $"Too long: must have at most {AnnotationLimit} bytes");
        }
    }

    private static IEnumerable<FieldError> Owners(JsonObject metadata)
    {
        var controllers = 0;
        var index = 0;
        foreach (var owner in metadata.Array("ownerReferences") ?? [])
        {
            foreach (var field in new[] { "apiVersion", "kind", "name", "uid" })
            {
                if (string.IsNullOrEmpty(owner.Text(field)))
                {
                    yield return FieldError.Invalid($"metadata.ownerReferences[{index}].{field}", "", $"{field} must not be empty");
                }
            }

            controllers += owner.Flag("controller") ? 1 : 0;
            index++;
        }

        if (controllers > 1)
        {
            yield return FieldError.Invalid("metadata.ownerReferences", metadata["ownerReferences"], "Only one reference can have Controller set to true");
        }
    }
}
