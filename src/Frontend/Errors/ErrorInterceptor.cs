using Orleans.Runtime;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Rpc;

namespace Wego.Frontend;

/// <summary>Gives expected failures their status on the wire.</summary>
internal sealed class ErrorInterceptor : IRpcInterceptor
{
    /// <summary>What a caller is told when a replica went away under the call.</summary>
    public const string Moving = "The replica of Wego that served this has gone; another one takes over. Try again in a moment.";

    /// <summary>What the reader of a stream is told when the replica that it comes from does not answer.</summary>
    public const string Silent = "The replica of Wego that this stream comes from does not answer; connect again.";

    public async Task InterceptAsync(RpcContext context, RpcHandler next)
    {
        try
        {
            await next(context);
        }
        catch (PackageException e)
        {
            throw new RpcException(StatusOf(e.Code), e.Message, e.RetryAfter is { } delay ? [RetryDelay.ToDetail(delay)] : null, e);
        }
        catch (KubernetesException e)
        {
            throw new RpcException(StatusOf(KubernetesErrors.CodeOf(e.Failure)), e.Message, innerException: e);
        }
        catch (TimeoutException e) when (context.Method.IsServerStreaming)
        {
            // No deadline of the caller's, after which clients would not connect again.
            throw new RpcException(RpcStatusCode.Unavailable, Silent, innerException: e);
        }
        catch (TimeoutException e)
        {
            throw new RpcException(RpcStatusCode.DeadlineExceeded, "Wego did not finish in time; the operation may still complete.", innerException: e);
        }
        catch (Exception e) when (e is OrleansException or EnumerationAbortedException)
        {
            throw new RpcException(RpcStatusCode.Unavailable, Moving, innerException: e);
        }
    }

    /// <summary>The status for a code.</summary>
    public static RpcStatusCode StatusOf(PackageErrorCode code) => code switch
    {
        PackageErrorCode.InvalidArgument => RpcStatusCode.InvalidArgument,
        PackageErrorCode.Unauthenticated => RpcStatusCode.Unauthenticated,
        PackageErrorCode.PermissionDenied => RpcStatusCode.PermissionDenied,
        PackageErrorCode.NotFound => RpcStatusCode.NotFound,
        PackageErrorCode.AlreadyExists => RpcStatusCode.AlreadyExists,
        PackageErrorCode.FailedPrecondition => RpcStatusCode.FailedPrecondition,
        PackageErrorCode.Aborted => RpcStatusCode.Aborted,
        PackageErrorCode.ResourceExhausted => RpcStatusCode.ResourceExhausted,
        PackageErrorCode.Unavailable => RpcStatusCode.Unavailable,
        PackageErrorCode.DeadlineExceeded => RpcStatusCode.DeadlineExceeded,
        PackageErrorCode.Unimplemented => RpcStatusCode.Unimplemented,
        _ => RpcStatusCode.Internal,
    };
}
