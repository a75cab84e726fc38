using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Wego.Kubernetes;
using Wego.Sandbox.Deletion;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox.Serving;

/// <summary>Serves delete and deletecollection.</summary>
internal sealed class DeleteHandler(ObjectStore store, ObjectDeleter deleter, WriteHandler answers)
{
    private static readonly string[] BodyTypes = [RequestBody.Json, RequestBody.Yaml];

    /// <summary>Kinds whose last state is the answer where others answer with a Status.</summary>
    private static readonly HashSet<string> ReturnsObject = ["Pod", "Service", "ServiceAccount", "PersistentVolumeClaim", "PersistentVolume", "PodTemplate", "ResourceQuota", "Namespace"];

    public async Task DeleteAsync(HttpContext http, ApiRequest request, ResourceDefinition resource, CancellationToken cancellationToken)
    {
        var options = await ReadOptionsAsync(http, cancellationToken);
        var (last, gone) = deleter.Delete(WriteHandler.Describe(http, request, resource), options);
        if (!gone || (!resource.IsCustom && ReturnsObject.Contains(resource.Kind)))
        {
            await answers.AnswerAsync(http, request, resource, gone || !options.AcceptsPending ? 200 : 202, last, cancellationToken);
            return;
        }

        var details = new JsonObject { ["name"] = request.Name };
        if (resource.Group.Length > 0)
        {
            details["group"] = resource.Group;
        }

        details["kind"] = resource.Resource;
        details["uid"] = last.Uid;
        await ResponseWriter.WriteAsync(
            http,
            200,
            new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success", ["details"] = details },
            cancellationToken);
    }

    public async Task DeleteCollectionAsync(HttpContext http, ApiRequest request, ResourceDefinition resource, CancellationToken cancellationToken)
    {
        var options = await ReadOptionsAsync(http, cancellationToken);
        var filter = ListOptions.Read(http.Request.Query, request, resource).Filter;
        var snapshot = store.Snapshot(resource.GroupResource);
        var deleted = new List<KubernetesObject>();
        foreach (var item in snapshot.Objects.Values.Where(filter.Matches))
        {
            var write = WriteHandler.Describe(http, request with { Namespace = item.Key.Namespace, Name = item.Key.Name }, resource);
            try
            {
                deleter.Delete(write, options);
                deleted.Add(item.As(resource.ApiVersion(request.Version)));
            }
            catch (ApiException e) when (e.Code == 404)
            {
                // Somebody else deleted it in between.
            }
        }

        var metadata = new JsonObject { ["resourceVersion"] = snapshot.ResourceVersion.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        await ResponseWriter.WriteAsync(http, 200, ResponseWriter.List(resource.ApiVersion(request.Version), resource.ListKind, metadata, deleted), cancellationToken);
    }

    private static async Task<DeletionOptions> ReadOptionsAsync(HttpContext http, CancellationToken cancellationToken)
    {
        ContentNegotiation.Negotiate(http.Request.Headers.Accept);
        var body = await RequestBody.ReadAsync(http, BodyTypes, cancellationToken);
        return DeletionOptions.Read(body as JsonObject, http.Request.Query);
    }
}
