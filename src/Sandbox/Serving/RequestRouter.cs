using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Wego.Sandbox.Authorization;
using Wego.Sandbox.Discovery;
using Wego.Sandbox.Json;
using Wego.Sandbox.OpenApi;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Watching;

namespace Wego.Sandbox.Serving;

/// <summary>Hands an authorized request to what serves it.</summary>
internal sealed class RequestRouter(
    ResourceRegistry registry,
    DiscoveryHandler discovery,
    AggregatedDiscovery aggregated,
    OpenApiHandler openApi,
    ReviewHandler reviews,
    ListHandler lists,
    WatchHandler watches,
    WriteHandler writes,
    DeleteHandler deletes,
    SubresourceHandler subresources)
{
    private static readonly string[] BodyTypes = [RequestBody.Json, RequestBody.Yaml];

    /// <exception cref="ApiException">The request cannot be served.</exception>
    public async Task RouteAsync(HttpContext http, ApiRequest request, CancellationToken cancellationToken)
    {
        if (!request.IsResource)
        {
            await RouteDocumentAsync(http, request, cancellationToken);
            return;
        }

        if (VirtualResources.All.Any(v => v.Group == request.Group && v.Version == request.Version && v.Resource == request.Resource))
        {
            if (request.Verb is not "create")
            {
                throw ApiErrors.MethodNotAllowed();
            }

            var question = await RequestBody.ReadAsync(http, BodyTypes, cancellationToken) as JsonObject ?? throw ApiErrors.BadRequest("the body must be an object");
            await ResponseWriter.WriteAsync(http, 201, reviews.Review(request, question), cancellationToken);
            return;
        }

        var resource = registry.Find(request.Group, request.Version, request.Resource) ?? throw ApiErrors.NoSuchResource();
        if (resource.GroupResource == Admission.NamespaceLifecycle.Namespaces)
        {
            // The namespace of a namespace is a part of its path only.
            request = request with { Namespace = "" };
        }

        if (!resource.Namespaced && request.Namespace.Length > 0)
        {
            throw ApiErrors.NoSuchResource();
        }

        await DispatchAsync(http, request, resource, cancellationToken);
    }

    private Task DispatchAsync(HttpContext http, ApiRequest request, ResourceDefinition resource, CancellationToken cancellationToken)
    {
        if (request.Subresource.Length > 0 && request.Subresource is not "status")
        {
            return subresources.HandleAsync(http, request, resource, cancellationToken);
        }

        if (request.Subresource is "status" && !resource.Version(request.Version)!.HasStatus)
        {
            throw ApiErrors.NoSuchResource();
        }

        // Namespaced objects are written and read by name only inside a namespace.
        if (resource.Namespaced && request.Namespace.Length == 0 && request.Verb is not ("list" or "watch"))
        {
            throw request.Name.Length > 0 ? ApiErrors.NoSuchResource() : ApiErrors.MethodNotAllowed();
        }

        return (request.Verb, request.Name.Length > 0, request.Subresource.Length > 0) switch
        {
            ("get", true, _) => writes.GetAsync(http, request, resource, cancellationToken),
            ("list", false, false) => lists.HandleAsync(http, request, resource, cancellationToken),
            ("watch", _, false) => watches.HandleAsync(http, request, resource, cancellationToken),
            ("create", false, false) => writes.CreateAsync(http, request, resource, cancellationToken),
            ("update", true, _) => writes.UpdateAsync(http, request, resource, cancellationToken),
            ("patch", true, _) => writes.PatchAsync(http, request, resource, cancellationToken),
            ("delete", true, false) => deletes.DeleteAsync(http, request, resource, cancellationToken),
            ("deletecollection", false, false) when resource.GroupResource != Admission.NamespaceLifecycle.Namespaces => deletes.DeleteCollectionAsync(http, request, resource, cancellationToken),
            _ => throw ApiErrors.MethodNotAllowed(),
        };
    }

    private async Task RouteDocumentAsync(HttpContext http, ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Path.TrimEnd('/') is "/healthz" or "/livez" or "/readyz")
        {
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync("ok", cancellationToken);
            return;
        }

        var document = discovery.Find(request.Path, http.Request.Host.Value ?? "") ?? openApi.Find(request.Path) ?? throw ApiErrors.NoSuchResource();
        if (request.Verb is not ("get" or "head"))
        {
            throw ApiErrors.MethodNotAllowed();
        }

        if (OpenApiV2Message.IsAskedFor(request.Path, http.Request.Headers.Accept))
        {
            http.Response.ContentType = OpenApiV2Message.MediaType;
            await http.Response.Body.WriteAsync(OpenApiV2Message.Encode(document), cancellationToken);
            return;
        }

        if (AggregatedDiscovery.IsAskedFor(request.Path, http.Request.Headers.Accept))
        {
            await ResponseWriter.WriteAsync(http, 200, JsonText.ToUtf8(aggregated.Read(request.Path)), AggregatedDiscovery.MediaType, cancellationToken);
            return;
        }

        await ResponseWriter.WriteAsync(http, 200, document, cancellationToken);
    }
}
