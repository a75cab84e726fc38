namespace Wego.Kubernetes;

/// <summary>One request to the API server, before it has an identity. Its body can be sent again.</summary>
/// <param name="Verb">The Kubernetes verb: get, list, watch, create, update, patch, delete.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Path and query, escaped, starting with a slash.</param>
/// <param name="Target">What it is about, for messages, for example <c>configmaps/v1 team-a/settings</c>.</param>
internal sealed record ApiRequest(string Verb, HttpMethod Method, string Path, string Target)
{
    /// <summary>The API group, for metrics; empty for the core group and for raw documents.</summary>
    public string Group { get; init; } = "";

    /// <summary>The resource, for metrics; for raw documents <c>raw</c>.</summary>
    public string Resource { get; init; } = "raw";

    public string Accept { get; init; } = "application/json";

    public byte[]? Body { get; init; }

    public string ContentType { get; init; } = "application/json";

    /// <summary>Whether sending it twice changes nothing: only then is it retried after a throttled answer.</summary>
    public bool IsRead { get; init; }

    public override string ToString() => $"{Verb} {Target}";
}
