using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Wego.Rpc.Connect;

/// <summary>Reads the headers that both kinds of Connect calls share.</summary>
internal static class ConnectRequestHeaders
{
    private const int MaxTimeoutDigits = 10;

    /// <exception cref="RpcException"><see cref="RpcStatusCode.InvalidArgument"/>: the header is malformed.</exception>
    public static TimeSpan? ReadTimeout(IHeaderDictionary headers)
    {
        if (!headers.TryGetValue(ConnectHeaderNames.Timeout, out var values))
        {
            return null;
        }

        var text = values.ToString();
        return text.Length is > 0 and <= MaxTimeoutDigits && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw new RpcException(
                RpcStatusCode.InvalidArgument, $"The header {ConnectHeaderNames.Timeout} is '{text}'; send milliseconds as up to {MaxTimeoutDigits} digits.");
    }

    /// <summary>A version that is named must be the one there is.</summary>
    /// <exception cref="RpcException"><see cref="RpcStatusCode.InvalidArgument"/>: another version.</exception>
    public static void RequireVersion(IHeaderDictionary headers)
    {
        if (headers.TryGetValue(ConnectHeaderNames.ProtocolVersion, out var values) && values.ToString() is not "1" and var version)
        {
            throw new RpcException(
                RpcStatusCode.InvalidArgument, $"The header {ConnectHeaderNames.ProtocolVersion} is '{version}'; this server speaks version 1.");
        }
    }
}
