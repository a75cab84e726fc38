using System.Globalization;
using Microsoft.AspNetCore.Http;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Selectors;

namespace Wego.Sandbox.Serving;

/// <summary>The query of a listing or a watch.</summary>
internal sealed record ListOptions
{
    public required ObjectFilter Filter { get; init; }

    public int Limit { get; init; }

    public string Continue { get; init; } = "";

    public string ResourceVersion { get; init; } = "";

    public string ResourceVersionMatch { get; init; } = "";

    public bool Bookmarks { get; init; }

    public bool SendInitialEvents { get; init; }

    public TimeSpan? Timeout { get; init; }

    /// <summary>The resource version as a number; null where none was given.</summary>
    public long? Revision { get; init; }

    /// <exception cref="ApiException">400 or 422.</exception>
    public static ListOptions Read(IQueryCollection query, ApiRequest request, ResourceDefinition resource)
    {
        var version = query["resourceVersion"].ToString();
        long? revision = null;
        if (version.Length > 0)
        {
            revision = long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
                ? parsed
                : throw ApiErrors.Invalid("", "", "", [FieldError.Invalid("resourceVersion", version, $"strconv.ParseUint: parsing \"{version}\": invalid syntax")]);
        }

        var match = query["resourceVersionMatch"].ToString();
        var continuation = query["continue"].ToString();
        var sendInitial = ApiRequest.IsTrue(query, "sendInitialEvents");
        CheckMatch(match, version, continuation, sendInitial, request.Verb);
        var timeout = Number(query, "timeoutSeconds");
        return new ListOptions
        {
            Filter = new ObjectFilter(
                request.Namespace,
                request.Name,
                LabelSelector.Parse(query["labelSelector"].ToString()),
                FieldSelector.Parse(query["fieldSelector"].ToString(), resource)),
            Limit = (int)Math.Clamp(Number(query, "limit"), 0, int.MaxValue),
            Continue = continuation,
            ResourceVersion = version,
            ResourceVersionMatch = match,
            Bookmarks = ApiRequest.IsTrue(query, "allowWatchBookmarks"),
            SendInitialEvents = sendInitial,
            Timeout = timeout > 0 ? TimeSpan.FromSeconds(timeout) : null,
            Revision = revision,
        };
    }

    private static void CheckMatch(string match, string version, string continuation, bool sendInitial, string verb)
    {
        if (continuation.Length > 0 && version.Length > 0 && version != "0")
        {
            throw ApiErrors.BadRequest("specifying resource version is not allowed when using continue");
        }

        if (match.Length == 0)
        {
            return;
        }

        var error = match is not ("Exact" or "NotOlderThan")
            ? FieldError.NotSupported("resourceVersionMatch", match, ["\"Exact\"", "\"NotOlderThan\""])
            : verb is "watch" && !sendInitial ? FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided")
            : verb is "list" && version.Length == 0 ? FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided")
            : verb is "list" && continuation.Length > 0 ? FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided")
            : match is "Exact" && version is "0" ? FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"")
            : null;
        if (error is not null)
        {
            throw ApiErrors.Invalid("meta.k8s.io", "ListOptions", "", [error]);
        }
    }

    private static long Number(IQueryCollection query, string name)
    {
        var text = query[name].ToString();
        return text.Length == 0 ? 0
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
            : throw ApiErrors.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax ({name})");
    }
}
