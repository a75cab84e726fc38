namespace Wego.Rpc.Connect;

/// <summary>The names of Connect's own headers.</summary>
internal static class ConnectHeaderNames
{
    public const string ProtocolVersion = "connect-protocol-version";
    public const string Timeout = "connect-timeout-ms";
    public const string ContentEncoding = "connect-content-encoding";
    public const string AcceptEncoding = "connect-accept-encoding";
    public const string TrailerPrefix = "trailer-";
}
