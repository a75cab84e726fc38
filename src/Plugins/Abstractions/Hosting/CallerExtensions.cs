using Wego.Rpc;

namespace Wego.Plugins;

/// <summary>The user behind a call.</summary>
public static class CallerExtensions
{
    /// <summary>The caller, by the bearer token of the call.</summary>
    /// <exception cref="PackageException">There is no bearer token.</exception>
    public static Caller Caller(this RpcContext context) => new(context.BearerToken
        ?? throw new PackageException(PackageErrorCode.Unauthenticated, "authorization: send 'Authorization: Bearer TOKEN' with a token of the Kubernetes cluster."));
}
