using Wego.Sandbox.Operations;

namespace Wego.Sandbox.Apply;

/// <summary>Picks the schema of a write.</summary>
internal static class FieldSchemas
{
    public static FieldSchema For(WriteRequest request) =>
        request.Resource.IsCustom ? new CustomFieldSchema(request.Version.Schema, isResource: true) : BuiltInFieldSchema.Root;
}
