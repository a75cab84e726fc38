namespace Wego.Rpc;

/// <summary>
/// Runs around every call of every kind and protocol: authentication, audit, limits. Register it in the service collection;
/// the first registered is the outermost.
/// </summary>
public interface IRpcInterceptor
{
    /// <summary>Runs around one call. The request has not been read before <paramref name="next"/>, so refusing is cheap.</summary>
    /// <param name="context">The call.</param>
    /// <param name="next">The rest of the call. Not calling it, or throwing <see cref="RpcException"/>, refuses the call.</param>
    Task InterceptAsync(RpcContext context, RpcHandler next);
}
