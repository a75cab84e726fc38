using System.Text.Json.Nodes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.Operations;

/// <summary>Holds what a body says about itself against what the request's path says.</summary>
internal static class ObjectIdentity
{
    /// <summary>Fills in the kind, version and namespace that the path implies and refuses contradictions.</summary>
    /// <exception cref="ApiException">400.</exception>
    public static void Check(WriteRequest request, JsonObject body)
    {
        var apiVersion = body.Text("apiVersion");
        var kind = body.Text("kind");
        if (!string.IsNullOrEmpty(kind) && !string.Equals(kind, request.Resource.Kind, StringComparison.Ordinal))
        {
            throw ApiErrors.BadRequest($"{kind} in version \"{apiVersion}\" cannot be handled as a {request.Resource.Kind}: the kind in the data ({kind}) does not match the expected kind ({request.Resource.Kind})");
        }

        if (!string.IsNullOrEmpty(apiVersion) && !string.Equals(apiVersion, request.ApiVersion, StringComparison.Ordinal))
        {
            throw ApiErrors.BadRequest($"the API version in the data ({apiVersion}) does not match the expected API version ({request.ApiVersion})");
        }

        if (request.Resource.IsCustom && (string.IsNullOrEmpty(kind) || string.IsNullOrEmpty(apiVersion)))
        {
            throw ApiErrors.BadRequest("Object 'Kind' is missing: a custom object must carry apiVersion and kind");
        }

        if (body["metadata"] is { } present and not JsonObject)
        {
            throw ApiErrors.BadRequest($"metadata must be an object, not {present.GetValueKind()}");
        }

        Admission.KnownFields.Apply(request.Resource, body);
        var metadata = body.Metadata();
        var @namespace = metadata.Text("namespace");
        if (!string.IsNullOrEmpty(@namespace) && !string.Equals(@namespace, request.Namespace, StringComparison.Ordinal))
        {
            throw ApiErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        if (request.Name.Length > 0)
        {
            var name = metadata.Text("name");
            if (!string.IsNullOrEmpty(name) && !string.Equals(name, request.Name, StringComparison.Ordinal))
            {
                throw ApiErrors.BadRequest($"the name of the object ({name}) does not match the name on the URL ({request.Name})");
            }

            metadata["name"] = request.Name;
        }

        if (request.Namespace.Length > 0)
        {
            metadata["namespace"] = request.Namespace;
        }
        else
        {
            metadata.Remove("namespace");
        }

        Stamp(request, body);
    }

    /// <summary>Puts <c>apiVersion</c> and <c>kind</c> first, in the version objects are stored in.</summary>
    public static void Stamp(WriteRequest request, JsonObject body)
    {
        body.Remove("apiVersion");
        body.Remove("kind");
        body.Insert(0, "apiVersion", request.Resource.ApiVersion(request.Resource.StorageVersion));
        body.Insert(1, "kind", request.Resource.Kind);
    }
}
