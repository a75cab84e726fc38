namespace Wego.Rpc.Rest;

/// <summary>The HTTP status of each status code, as other transcoders of <c>google.api.http</c> send it.</summary>
internal static class RestStatus
{
    /// <summary>Nginx's number for a client that went away before the answer.</summary>
    private const int ClientClosedRequest = 499;

    public static int ToHttp(RpcStatusCode code) => code switch
    {
        RpcStatusCode.OK => 200,
        RpcStatusCode.Cancelled => ClientClosedRequest,
        RpcStatusCode.InvalidArgument or RpcStatusCode.FailedPrecondition or RpcStatusCode.OutOfRange => 400,
        RpcStatusCode.Unauthenticated => 401,
        RpcStatusCode.PermissionDenied => 403,
        RpcStatusCode.NotFound => 404,
        RpcStatusCode.AlreadyExists or RpcStatusCode.Aborted => 409,
        RpcStatusCode.ResourceExhausted => 429,
        RpcStatusCode.Unimplemented => 501,
        RpcStatusCode.Unavailable => 503,
        RpcStatusCode.DeadlineExceeded => 504,
        _ => 500,
    };
}
