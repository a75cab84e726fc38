using System.Diagnostics.CodeAnalysis;

namespace Wego.Plugins.Flux;

/// <summary>Intervals and timeouts as the schemas of Flux take them: Go durations in units from milliseconds to hours, greater than zero.</summary>
internal static class FluxInterval
{
    public const string Expected = "it must be a duration greater than zero such as 30s, 10m or 1h30m";

    /// <summary>Reads a duration and writes it in the one form that every schema version takes.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out string? canonical)
    {
        var good = GoDuration.TryParse(text, out var value) && value >= TimeSpan.FromMilliseconds(1);
        canonical = good ? GoDuration.Format(value) : null;
        return good;
    }

    /// <summary>The duration of a request, or the default where the request has none.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/> naming the field.</exception>
    public static string Require(string field, string text, string ifEmpty)
    {
        var wanted = text.Length == 0 ? ifEmpty : text;
        return TryParse(wanted, out var canonical) ? canonical : throw PackageException.InvalidField(field, $"'{text}' is no interval: {Expected}.");
    }
}
