using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

namespace Wego.Rpc;

/// <summary>
/// When trying again makes sense: <c>google.rpc.RetryInfo</c> among a status's details. It is also sent in the protocols' own words, as
/// the trailer <c>grpc-retry-pushback-ms</c> (gRFC A6) and the header <c>Retry-After</c> (RFC 9110).
/// </summary>
public static class RetryDelay
{
    /// <summary>The detail that says so.</summary>
    public static Any ToDetail(TimeSpan delay) => Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) });

    /// <summary>The delay that a status carries, or null.</summary>
    public static TimeSpan? Find(RpcStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        foreach (var detail in status.Details)
        {
            if (detail.Is(RetryInfo.Descriptor) && detail.Unpack<RetryInfo>().RetryDelay is { } delay)
            {
                return delay.ToTimeSpan();
            }
        }

        return null;
    }
}
