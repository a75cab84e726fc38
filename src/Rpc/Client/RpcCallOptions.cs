using Microsoft.AspNetCore.Http;

namespace Wego.Rpc.Client;

/// <summary>What one call sends beside its message, and where it puts what comes back beside the answer.</summary>
public sealed class RpcCallOptions
{
    /// <summary>Metadata to send; binary values by <see cref="RpcMetadata.AppendBinary"/>.</summary>
    public IHeaderDictionary Headers { get; } = new HeaderDictionary();

    /// <summary>The token for <c>Authorization: Bearer</c>; null for none.</summary>
    public string? BearerToken { get; init; }

    /// <summary>How long to wait for the end of the call; null for ever. The server is told.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The response's headers, once there are any.</summary>
    public IHeaderDictionary ResponseHeaders { get; } = new HeaderDictionary();

    /// <summary>The metadata that came with the status, once the call is over.</summary>
    public IHeaderDictionary ResponseTrailers { get; } = new HeaderDictionary();
}
