using Microsoft.AspNetCore.Http;

namespace Wego.Rpc;

/// <summary>Sends the metadata that a service set, except what belongs to the protocols.</summary>
internal static class ResponseMetadata
{
    public static void CopyHeaders(RpcContext? context, IHeaderDictionary target, string prefix = "")
    {
        if (context is { HasResponseHeaders: true })
        {
            Copy(context.ResponseHeaders, target, prefix);
        }
    }

    public static void CopyTrailers(RpcContext? context, IHeaderDictionary target, string prefix = "")
    {
        if (context is { HasResponseTrailers: true })
        {
            Copy(context.ResponseTrailers, target, prefix);
        }
    }

    /// <summary>True for names that a service must not set.</summary>
    public static bool IsReserved(string name) =>
        name.StartsWith("grpc-", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("connect-", StringComparison.OrdinalIgnoreCase)
        || name.Equals("content-type", StringComparison.OrdinalIgnoreCase)
        || name.Equals("content-length", StringComparison.OrdinalIgnoreCase)
        || name.Equals("content-encoding", StringComparison.OrdinalIgnoreCase)
        || name.Equals("transfer-encoding", StringComparison.OrdinalIgnoreCase)
        || name.Equals("connection", StringComparison.OrdinalIgnoreCase)
        || name.Equals("te", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith(':');

    private static void Copy(IHeaderDictionary source, IHeaderDictionary target, string prefix)
    {
        foreach (var (name, values) in source)
        {
            if (!IsReserved(name))
            {
                target.Append(prefix + name, values);
            }
        }
    }
}
