using Microsoft.AspNetCore.Http;

namespace Wego.Sandbox.Serving;

/// <summary>Takes a path apart as the API server does: group, version, namespace, resource, name, subresource.</summary>
internal static class ApiRequestParser
{
    public static ApiRequest Parse(string method, string path, IQueryCollection query)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var isWatchPath = false;
        var (group, version, rest) = parts switch
        {
            ["api", var v, .. var r] => ("", v, r),
            ["apis", var g, var v, .. var r] => (g, v, r),
            _ => ("", "", []),
        };
        if (rest is ["watch", .. var watched] && watched.Length > 0)
        {
            // The deprecated form of a watch.
            isWatchPath = true;
            rest = watched;
        }

        if (rest.Length == 0)
        {
            return new ApiRequest { Verb = method.ToLowerInvariant(), Path = path };
        }

        var @namespace = "";
        if (rest is ["namespaces", var name, .. var inside])
        {
            @namespace = name;
            if (inside.Length > 0 && inside[0] is not ("status" or "finalize"))
            {
                rest = inside;
            }
        }

        var request = new ApiRequest
        {
            Verb = "",
            Path = path,
            IsResource = true,
            Group = group,
            Version = version,
            Namespace = @namespace,
            Resource = rest[0],
            Name = rest.Length > 1 ? rest[1] : "",
            Subresource = string.Join('/', rest.Skip(2)),
        };
        var selected = request.Name.Length == 0 && query.TryGetValue("fieldSelector", out var selector) ? SelectedName(selector.ToString()) : request.Name;
        return request with { Verb = isWatchPath && method is "GET" ? "watch" : Verb(method, request, query), SelectedName = selected };
    }

    private static string Verb(string method, ApiRequest request, IQueryCollection query) => method switch
    {
        "GET" or "HEAD" when request.Subresource.Length == 0 && ApiRequest.IsTrue(query, "watch") => "watch",
        "GET" or "HEAD" => request.Name.Length > 0 ? "get" : "list",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => request.Name.Length > 0 ? "delete" : "deletecollection",
        _ => method.ToLowerInvariant(),
    };

    private static string SelectedName(string selector)
    {
        foreach (var term in selector.Split(','))
        {
            if (term.StartsWith("metadata.name=", StringComparison.Ordinal))
            {
                return term["metadata.name=".Length..].TrimStart('=');
            }
        }

        return "";
    }
}
