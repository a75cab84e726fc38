using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Wego.Sandbox.Json;
using Wego.Sandbox.Operations;
using Wego.Sandbox.Patching;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Storage;
using Wego.Sandbox.Tables;

namespace Wego.Sandbox.Serving;

/// <summary>Serves get, create, update and patch of objects and of their status.</summary>
internal sealed class WriteHandler(ObjectStore store, ObjectWriter writer, TimeProvider clock)
{
    public const string JsonPatchType = "application/json-patch+json";
    public const string MergePatchType = "application/merge-patch+json";
    public const string StrategicMergePatchType = "application/strategic-merge-patch+json";

    private static readonly string[] BodyTypes = [RequestBody.Json, RequestBody.Yaml];

    public Task GetAsync(HttpContext http, ApiRequest request, ResourceDefinition resource, CancellationToken cancellationToken)
    {
        var found = store.Get(resource.GroupResource, new ObjectKey(request.Namespace, request.Name)) ?? throw ApiErrors.NotFound(resource.GroupResource, request.Name);
        return AnswerAsync(http, request, resource, 200, found, cancellationToken);
    }

    public async Task CreateAsync(HttpContext http, ApiRequest request, ResourceDefinition resource, CancellationToken cancellationToken)
    {
        ContentNegotiation.Negotiate(http.Request.Headers.Accept);
        var body = await ReadObjectAsync(http, cancellationToken);
        var created = writer.Create(Describe(http, request, resource), body);
        await AnswerAsync(http, request, resource, 201, created, cancellationToken);
    }

    public async Task UpdateAsync(HttpContext http, ApiRequest request, ResourceDefinition resource, CancellationToken cancellationToken)
    {
        ContentNegotiation.Negotiate(http.Request.Headers.Accept);
        var body = await ReadObjectAsync(http, cancellationToken);
        var write = Describe(http, request, resource);
        CheckNamed(write, body);
        if (resource.IsCustom && body.Metadata().Text("resourceVersion") is not { Length: > 0 })
        {
            throw ApiErrors.Invalid(resource.Group, resource.Kind, request.Name, [new FieldError("FieldValueInvalid", "metadata.resourceVersion", "Invalid value: 0x0: must be specified for an update")]);
        }

        var updated = writer.Update(write, _ => body.Copy());
        await AnswerAsync(http, request, resource, 200, updated, cancellationToken);
    }

    public async Task PatchAsync(HttpContext http, ApiRequest request, ResourceDefinition resource, CancellationToken cancellationToken)
    {
        ContentNegotiation.Negotiate(http.Request.Headers.Accept);
        string[] accepted = resource.IsCustom
            ? [JsonPatchType, MergePatchType, RequestBody.ApplyYaml]
            : [JsonPatchType, MergePatchType, StrategicMergePatchType, RequestBody.ApplyYaml];
        var type = RequestBody.MediaType(http);
        var patch = await RequestBody.ReadAsync(http, accepted, cancellationToken) ?? throw ApiErrors.BadRequest("the patch is empty");
        var write = Describe(http, request, resource);
        if (type is RequestBody.ApplyYaml)
        {
            if (write.FieldManager.Length == 0 || http.Request.Query["fieldManager"].ToString().Length == 0)
            {
                throw ApiErrors.Invalid("meta.k8s.io", "PatchOptions", "", [FieldError.Required("fieldManager", "is required for apply patch")]);
            }

            var configuration = patch as JsonObject ?? throw ApiErrors.BadRequest("an apply configuration must be an object");
            var (applied, created) = writer.Apply(write, configuration, ApiRequest.IsTrue(http.Request.Query, "force"));
            await AnswerAsync(http, request, resource, created ? 201 : 200, applied, cancellationToken);
            return;
        }

        if (http.Request.Query.ContainsKey("force"))
        {
            throw ApiErrors.Invalid("meta.k8s.io", "PatchOptions", "", [FieldError.Forbidden("force", "may not be specified for non-apply patch")]);
        }

        var patched = writer.Update(write with { IsPatch = true }, present => Patch(type, InVersion(write, present), patch));
        await AnswerAsync(http, request, resource, 200, patched, cancellationToken);
    }

    /// <summary>What a request says about a write, apart from its body.</summary>
    public static WriteRequest Describe(HttpContext http, ApiRequest request, ResourceDefinition resource)
    {
        var manager = http.Request.Query["fieldManager"].ToString();
        if (manager.Length == 0)
        {
            manager = http.Request.Headers.UserAgent.ToString().Split('/')[0];
        }

        if (manager.Length > 128)
        {
            throw ApiErrors.Invalid("meta.k8s.io", "Options", "", [FieldError.Invalid("fieldManager", manager, "may not be longer than 128 characters")]);
        }

        return new WriteRequest
        {
            Resource = resource,
            Version = resource.Version(request.Version)!,
            Namespace = request.Namespace,
            Name = request.Name,
            Subresource = request.Subresource,
            User = request.User,
            FieldManager = manager.Length == 0 ? "unknown" : manager,
            DryRun = DryRunOption.Read([.. http.Request.Query["dryRun"].OfType<string>()]),
        };
    }

    public async Task AnswerAsync(HttpContext http, ApiRequest request, ResourceDefinition resource, int code, StoredObject content, CancellationToken cancellationToken)
    {
        var (form, formVersion) = ContentNegotiation.Negotiate(http.Request.Headers.Accept);
        var converted = content.As(resource.ApiVersion(request.Version));
        switch (form)
        {
            case ResponseForm.Table:
                var table = new TableConverter(resource, resource.Version(request.Version)!, clock);
                var metadata = new JsonObject { ["resourceVersion"] = content.Content.ResourceVersion };
                await ResponseWriter.WriteAsync(http, code, table.Convert([converted], metadata, formVersion, TableConverter.ReadInclude(http.Request.Query)), cancellationToken);
                break;
            case ResponseForm.Metadata:
                await ResponseWriter.WriteAsync(http, code, PartialMetadata.From(converted, formVersion), cancellationToken);
                break;
            default:
                await ResponseWriter.WriteAsync(http, code, converted, cancellationToken);
                break;
        }
    }

    private static async Task<JsonObject> ReadObjectAsync(HttpContext http, CancellationToken cancellationToken) =>
        await RequestBody.ReadAsync(http, BodyTypes, cancellationToken) as JsonObject ?? throw ApiErrors.BadRequest("the body must be an object");

    private static void CheckNamed(WriteRequest request, JsonObject body)
    {
        if (string.IsNullOrEmpty(body.Metadata().Text("name")))
        {
            throw ApiErrors.BadRequest($"the name of the object (\"\" based on URL) was undeterminable: name must be provided (the URL names {request.Name})");
        }
    }

    /// <summary>A patch sees the object in the version of the request.</summary>
    private static JsonObject InVersion(WriteRequest request, JsonObject present)
    {
        present["apiVersion"] = request.ApiVersion;
        return present;
    }

    private static JsonObject Patch(string type, JsonObject present, JsonNode patch) => type switch
    {
        JsonPatchType => JsonPatch.Apply(present.Copy(), patch as JsonArray ?? throw ApiErrors.BadRequest("a JSON patch must be an array of operations")),
        StrategicMergePatchType => StrategicMergePatch.Apply(present.Copy(), patch as JsonObject ?? throw ApiErrors.BadRequest("a strategic merge patch must be an object")),
        _ => MergePatch.Apply(present.Copy(), patch as JsonObject ?? throw ApiErrors.BadRequest("a merge patch must be an object"))!.AsObject(),
    };
}
