using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Wego.Kubernetes;
using Wego.Sandbox.Authentication;
using Wego.Sandbox.Json;
using Wego.Sandbox.Operations;
using Wego.Sandbox.Patching;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox.Serving;

/// <summary>Serves the subresources besides status: scale, a namespace's finalize and a service account's token.</summary>
internal sealed class SubresourceHandler(ObjectStore store, ObjectWriter writer, TokenAuthenticator authenticator, TimeProvider clock)
{
    private static readonly string[] BodyTypes = [RequestBody.Json, RequestBody.Yaml];
    private static readonly string[] PatchTypes = [WriteHandler.JsonPatchType, WriteHandler.MergePatchType, WriteHandler.StrategicMergePatchType];

    public Task HandleAsync(HttpContext http, ApiRequest request, ResourceDefinition resource, CancellationToken cancellationToken) =>
        (resource.Resource, request.Subresource, request.Verb) switch
        {
            ("namespaces", "finalize", "update") => FinalizeAsync(http, request, resource, cancellationToken),
            ("serviceaccounts", "token", "create") => TokenAsync(http, request, resource, cancellationToken),
            (_, "scale", "get" or "update" or "patch") when resource.Version(request.Version)!.Scale is { } paths => ScaleAsync(http, request, resource, paths, cancellationToken),
            (_, "scale", _) when resource.Version(request.Version)!.Scale is not null => throw ApiErrors.MethodNotAllowed(),
            _ => throw ApiErrors.NoSuchResource(),
        };

    private async Task FinalizeAsync(HttpContext http, ApiRequest request, ResourceDefinition resource, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(http, BodyTypes, cancellationToken) as JsonObject ?? throw ApiErrors.BadRequest("the body must be an object");
        var updated = writer.Update(WriteHandler.Describe(http, request, resource) with { Subresource = "" }, present =>
        {
            present.Ensure("spec")["finalizers"] = body.Object("spec").Strings("finalizers").ToJsonArray();
            return present;
        });
        await ResponseWriter.WriteAsync(http, 200, updated.Content, cancellationToken);
    }

    private async Task TokenAsync(HttpContext http, ApiRequest request, ResourceDefinition resource, CancellationToken cancellationToken)
    {
        var account = store.Get(resource.GroupResource, new ObjectKey(request.Namespace, request.Name)) ?? throw ApiErrors.NotFound(resource.GroupResource, request.Name);
        var body = await RequestBody.ReadAsync(http, BodyTypes, cancellationToken) as JsonObject ?? [];
        var seconds = body.Object("spec").Integer("expirationSeconds") ?? 3600;
        if (seconds < 600)
        {
            throw ApiErrors.Invalid("authentication.k8s.io", "TokenRequest", "", [FieldError.Invalid("spec.expirationSeconds", seconds, "may not specify a duration less than 10 minutes")]);
        }

        var expires = clock.GetUtcNow().AddSeconds(seconds);
        var token = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(24));
        authenticator.Add(token, UserInfo.ServiceAccount(request.Namespace, request.Name, account.Uid), expires);
        body["status"] = new JsonObject
        {
            ["token"] = token,
            ["expirationTimestamp"] = KubernetesTime.Format(expires),
        };
        await ResponseWriter.WriteAsync(http, 201, body, cancellationToken);
    }

    private async Task ScaleAsync(HttpContext http, ApiRequest request, ResourceDefinition resource, ScalePaths paths, CancellationToken cancellationToken)
    {
        var key = new ObjectKey(request.Namespace, request.Name);
        var found = store.Get(resource.GroupResource, key) ?? throw ApiErrors.NotFound(resource.GroupResource, request.Name);
        if (request.Verb is not "get")
        {
            var type = RequestBody.MediaType(http);
            var body = await RequestBody.ReadAsync(http, request.Verb is "patch" ? PatchTypes : BodyTypes, cancellationToken) ?? throw ApiErrors.BadRequest("the body is empty");
            found = writer.Update(WriteHandler.Describe(http, request, resource) with { Subresource = "" }, present =>
            {
                var scale = ScaleView.Read(present, paths);
                var wanted = type is WriteHandler.JsonPatchType && body is JsonArray operations ? JsonPatch.Apply(scale, operations)
                    : request.Verb is "patch" ? MergePatch.Apply(scale, body)
                    : body;
                ScaleView.Write(present, paths, wanted.Object("spec").Integer("replicas") ?? 0);
                return present;
            });
        }

        await ResponseWriter.WriteAsync(http, 200, ScaleView.Read(found.ToJson(), paths), cancellationToken);
    }
}
