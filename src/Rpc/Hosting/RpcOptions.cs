namespace Wego.Rpc;

/// <summary>How RPCs are served.</summary>
public sealed class RpcOptions
{
    /// <summary>The largest request message, in bytes after decompression; null for no limit. Default: 4 MiB.</summary>
    public int? MaxReceiveMessageSize { get; set; } = 4 * 1024 * 1024;

    /// <summary>The largest response message, in bytes before compression; null, the default, for no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>The size in bytes from which a response message is compressed where the caller accepts gzip; null to never compress. Default: 4 KiB.</summary>
    public int? CompressionThreshold { get; set; } = 4 * 1024;

    /// <summary>A path prefix that is stripped where a proxy in front left it; empty for none. Default: <c>/apis</c>.</summary>
    public string PathPrefix { get; set; } = "/apis";
}
