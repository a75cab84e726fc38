namespace Wego.Rpc.Grpc;

/// <summary>The header <c>grpc-timeout</c>: up to eight digits and a unit (gRPC over HTTP/2, "Timeout").</summary>
internal static class GrpcTimeout
{
    private const int MaxDigits = 8;

    /// <exception cref="RpcException"><see cref="RpcStatusCode.InvalidArgument"/>: the value is malformed.</exception>
    public static TimeSpan Parse(string value)
    {
        var digits = value.AsSpan(0, Math.Max(value.Length - 1, 0));
        if (digits.Length is 0 or > MaxDigits || digits.ContainsAnyExceptInRange('0', '9'))
        {
            throw Malformed(value);
        }

        var amount = long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        return value[^1] switch
        {
            'H' => TimeSpan.FromHours(amount),
            'M' => TimeSpan.FromMinutes(amount),
            'S' => TimeSpan.FromSeconds(amount),
            'm' => TimeSpan.FromMilliseconds(amount),
            'u' => TimeSpan.FromMicroseconds(amount),
            // Rounded up: a deadline in the future is not one in the past.
            'n' => TimeSpan.FromTicks((amount + 99) / 100),
            _ => throw Malformed(value),
        };
    }

    public static string Format(TimeSpan timeout)
    {
        const long MaxAmount = 99_999_999;
        var milliseconds = (long)Math.Ceiling(Math.Max(timeout.TotalMilliseconds, 0));
        return milliseconds <= MaxAmount ? FormattableString.Invariant($"{milliseconds}m")
            : milliseconds / 1000 <= MaxAmount ? FormattableString.Invariant($"{milliseconds / 1000}S")
            : FormattableString.Invariant($"{Math.Min(milliseconds / 3_600_000, MaxAmount)}H");
    }

    private static RpcException Malformed(string value) => new(
        RpcStatusCode.InvalidArgument, $"The header {GrpcHeaderNames.Timeout} is '{value}'; send up to 8 digits and one of the units H, M, S, m, u, n, such as 30S.");
}
