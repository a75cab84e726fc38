namespace Wego.Kubernetes;

/// <summary>A request that is passed on to the API server as it is.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">Path and query, escaped, starting with one slash and without dot segments.</param>
public sealed record RelayRequest(HttpMethod Method, string Path)
{
    /// <summary>The <c>Accept</c> header, or null.</summary>
    public string? Accept { get; init; }

    /// <summary>The body, or null; read once.</summary>
    public Stream? Body { get; init; }

    /// <summary>The body's <c>Content-Type</c>, or null.</summary>
    public string? ContentType { get; init; }
}
