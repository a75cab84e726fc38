using System.Globalization;
using System.Net;

namespace Wego.Telemetry;

internal static class PrometheusAddress
{
    /// <summary>Reads <c>ADDRESS:PORT</c>; null where it is none. A number alone, which the framework takes for an address, is none.</summary>
    public static IPEndPoint? Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && (text[0] == '[') == text.AsSpan(0, colon).Contains(':')
            && IPEndPoint.TryParse(text, out var address)
                ? address
                : null;
    }
}
