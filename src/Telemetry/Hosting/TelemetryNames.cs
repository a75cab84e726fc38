namespace Wego.Telemetry;

/// <summary>
/// What is listened to: Wego's own sources and meters, those of the grain runtime, and those built into .NET. Of the built-in
/// metrics, only the labels below are kept: hosts of repositories are what users configured, and there is no bound to them.
/// </summary>
internal static class TelemetryNames
{
    public static string[] Sources { get; } = ["Wego.*", "Microsoft.Orleans.Application", "Microsoft.AspNetCore", "System.Net.Http"];

    public static string[] Meters { get; } =
    [
        "Wego.*", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime",
    ];

    private static readonly string[] HttpTags =
    [
        "error.type", "http.connection.state", "http.request.method", "http.response.status_code", "http.route",
        "network.protocol.name", "network.protocol.version", "url.scheme",
    ];

    private static readonly string[] KestrelTags =
    [
        "error.type", "network.protocol.name", "network.protocol.version", "network.transport", "network.type", "server.port", "tls.protocol.version",
    ];

    /// <summary>The tags to keep of a meter's metrics; null for all.</summary>
    public static string[]? TagsOf(string meter) => meter switch
    {
        "Microsoft.AspNetCore.Hosting" or "System.Net.Http" => HttpTags,
        "Microsoft.AspNetCore.Server.Kestrel" => KestrelTags,
        _ => null,
    };
}
