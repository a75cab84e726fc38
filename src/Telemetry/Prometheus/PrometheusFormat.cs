using System.Text;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Wego.Telemetry;

/// <summary>The text format of Prometheus, version 0.0.4, or that of OpenMetrics, version 1.0.0.</summary>
internal sealed class PrometheusFormat
{
    private PrometheusFormat(string contentType) => ContentType = contentType;

    public static PrometheusFormat Text { get; } = new("text/plain; version=0.0.4; charset=utf-8");

    public static PrometheusFormat OpenMetrics { get; } = new("application/openmetrics-text; version=1.0.0; charset=utf-8");

    /// <summary>UTF-8 without a mark. What is no Unicode text becomes the replacement character.</summary>
    public static Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public string ContentType { get; }

    public bool IsOpenMetrics => this == OpenMetrics;

    /// <summary>Chooses by the header <c>Accept</c>; OpenMetrics only where it is named and nothing else is preferred.</summary>
    public static PrometheusFormat Negotiate(StringValues accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept, out var ranges))
        {
            return Text;
        }

        var (text, openMetrics) = (0.0, 0.0);
        foreach (var range in ranges)
        {
            var quality = range.Quality ?? 1;
            if (range.MediaType.Equals("application/openmetrics-text", StringComparison.OrdinalIgnoreCase))
            {
                if (Version(range) is null or "1.0.0")
                {
                    openMetrics = Math.Max(openMetrics, quality);
                }
            }
            else if (range.MatchesAllTypes || range.MediaType.Equals("text/*", StringComparison.OrdinalIgnoreCase)
                || (range.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase) && Version(range) is null or "0.0.4"))
            {
                text = Math.Max(text, quality);
            }
        }

        return openMetrics > 0 && openMetrics >= text ? OpenMetrics : Text;
    }

    private static string? Version(MediaTypeHeaderValue range) =>
        range.Parameters.FirstOrDefault(p => p.Name.Equals("version", StringComparison.OrdinalIgnoreCase))?.GetUnescapedValue().Value;
}
