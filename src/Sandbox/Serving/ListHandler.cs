using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Storage;
using Wego.Sandbox.Tables;

namespace Wego.Sandbox.Serving;

/// <summary>Lists a collection, in pages where the client asks for them.</summary>
internal sealed class ListHandler(ObjectStore store, TimeProvider clock)
{
    private const string ContinueExpired =
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";

    public async Task HandleAsync(HttpContext http, ApiRequest request, ResourceDefinition resource, CancellationToken cancellationToken)
    {
        var (form, formVersion) = ContentNegotiation.Negotiate(http.Request.Headers.Accept);
        var options = ListOptions.Read(http.Request.Query, request, resource);
        var (snapshot, after) = Select(resource, options);
        var page = Page(snapshot, options, after, out var next, out var remaining);

        var metadata = new JsonObject { ["resourceVersion"] = snapshot.ResourceVersion.ToString(CultureInfo.InvariantCulture) };
        if (next is null && resource.IsCustom)
        {
            metadata["continue"] = "";
        }
        else if (next is not null)
        {
            metadata["continue"] = next;
            if (!options.Filter.IsSelective)
            {
                metadata["remainingItemCount"] = remaining;
            }
        }

        var apiVersion = resource.ApiVersion(request.Version);
        var items = page.Select(o => o.As(apiVersion));
        switch (form)
        {
            case ResponseForm.Table:
                var table = new TableConverter(resource, resource.Version(request.Version)!, clock);
                var include = TableConverter.ReadInclude(http.Request.Query);
                await ResponseWriter.WriteAsync(http, 200, table.Convert(items, metadata, formVersion, include), cancellationToken);
                break;
            case ResponseForm.Metadata:
                var partial = items.Select(item => PartialMetadata.From(item, formVersion));
                await ResponseWriter.WriteAsync(http, 200, ResponseWriter.List($"meta.k8s.io/{formVersion}", "PartialObjectMetadataList", metadata, partial), cancellationToken);
                break;
            default:
                await ResponseWriter.WriteAsync(http, 200, ResponseWriter.List(apiVersion, resource.ListKind, metadata, items, resource.IsCustom ? null : resource.Kind), cancellationToken);
                break;
        }
    }

    private (Snapshot Snapshot, ObjectKey? After) Select(ResourceDefinition resource, ListOptions options)
    {
        if (options.Continue.Length > 0)
        {
            var token = ContinueToken.Decode(options.Continue) ?? throw ApiErrors.BadRequest("continue key is not valid: it is not a token this server gave out");
            if (token.ResourceVersion == ContinueToken.Inconsistent)
            {
                return (store.Snapshot(resource.GroupResource), token.After);
            }

            try
            {
                return (store.SnapshotAt(resource.GroupResource, token.ResourceVersion), token.After);
            }
            catch (HistoryExpiredException)
            {
                throw ApiErrors.Expired(ContinueExpired, (token with { ResourceVersion = ContinueToken.Inconsistent }).Encode());
            }
        }

        var current = store.Snapshot(resource.GroupResource);
        if (options.Revision is not > 0)
        {
            return (current, null);
        }

        if (options.Revision > current.ResourceVersion)
        {
            throw ApiErrors.TooLargeResourceVersion(options.Revision.Value, current.ResourceVersion);
        }

        if (options.ResourceVersionMatch is not "Exact" && !(options.Limit > 0 && options.ResourceVersionMatch.Length == 0))
        {
            return (current, null);
        }

        try
        {
            return (store.SnapshotAt(resource.GroupResource, options.Revision.Value), null);
        }
        catch (HistoryExpiredException e)
        {
            throw ApiErrors.Expired($"The resourceVersion for the provided list is too old: {e.Message}");
        }
    }

    private static List<StoredObject> Page(Snapshot snapshot, ListOptions options, ObjectKey? after, out string? next, out int remaining)
    {
        var page = new List<StoredObject>();
        next = null;
        remaining = 0;
        foreach (var candidate in snapshot.Objects.Values)
        {
            if ((after is { } key && candidate.Key.CompareTo(key) <= 0) || !options.Filter.Matches(candidate))
            {
                continue;
            }

            if (options.Limit > 0 && page.Count == options.Limit)
            {
                next ??= new ContinueToken(snapshot.ResourceVersion, page[^1].Key).Encode();
                remaining++;
                continue;
            }

            page.Add(candidate);
        }

        return page;
    }
}
