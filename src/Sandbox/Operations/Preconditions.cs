using System.Text.Json.Nodes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Serving;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox.Operations;

/// <summary>Checks that make a write depend on what is there.</summary>
internal static class Preconditions
{
    /// <summary>An update or patch that carries a resource version or a uid applies to exactly that revision.</summary>
    /// <exception cref="ApiException">409.</exception>
    public static void CheckUpdate(WriteRequest request, JsonObject metadata, StoredObject present)
    {
        if (metadata.Text("uid") is { Length: > 0 } uid && !string.Equals(uid, present.Uid, StringComparison.Ordinal))
        {
            if (request.IsPatch)
            {
                throw ApiErrors.Invalid(request.Resource.Group, request.Resource.Kind, request.Name, [FieldError.Invalid("metadata.uid", uid, "field is immutable")]);
            }

            throw ApiErrors.Conflict(request.GroupResource, request.Name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {present.Uid}");
        }

        if (metadata.Text("resourceVersion") is { Length: > 0 } text && !text.All(char.IsAsciiDigit))
        {
            throw ApiErrors.Invalid(request.Resource.Group, request.Resource.Kind, request.Name, [FieldError.Invalid("metadata.resourceVersion", text, "must be an unsigned number that the server gave out")]);
        }

        if (metadata.Text("resourceVersion") is { Length: > 0 } version && version is not "0" && !string.Equals(version, present.Content.ResourceVersion, StringComparison.Ordinal))
        {
            throw ApiErrors.Modified(request.GroupResource, request.Name);
        }
    }

    /// <summary>The <c>preconditions</c> of <c>DeleteOptions</c>.</summary>
    /// <exception cref="ApiException">409.</exception>
    public static void CheckDelete(WriteRequest request, JsonObject? preconditions, StoredObject present)
    {
        if (preconditions.Text("uid") is { Length: > 0 } uid && !string.Equals(uid, present.Uid, StringComparison.Ordinal))
        {
            throw ApiErrors.Conflict(request.GroupResource, request.Name, $"the UID in the precondition ({uid}) does not match the UID in record ({present.Uid}). The object might have been deleted and then recreated");
        }

        if (preconditions.Text("resourceVersion") is { Length: > 0 } version && !string.Equals(version, present.Content.ResourceVersion, StringComparison.Ordinal))
        {
            throw ApiErrors.Conflict(request.GroupResource, request.Name, $"the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record ({present.Content.ResourceVersion}). The object might have been modified");
        }
    }
}
