namespace Wego.Rpc.Grpc;

/// <summary>The names of gRPC's own headers.</summary>
internal static class GrpcHeaderNames
{
    public const string Encoding = "grpc-encoding";
    public const string AcceptEncoding = "grpc-accept-encoding";
    public const string Timeout = "grpc-timeout";
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";
    public const string StatusDetails = "grpc-status-details-bin";
    public const string RetryPushback = "grpc-retry-pushback-ms";
}
