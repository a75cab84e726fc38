using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;

namespace Wego.Telemetry;

/// <summary>
/// Which signals are sent, and the variables that say so as OpenTelemetry specifies them: an endpoint switches OTLP on, one with a
/// signal's name only for that signal; <c>OTEL_TRACES_EXPORTER=none</c> and its like switch a signal off, <c>OTEL_SDK_DISABLED=true</c> all.
/// What the variables of one signal say of headers, timeout and compression is read here, too; whatever else there is
/// (certificates, sampler, batches, resource) the SDK reads itself.
/// </summary>
internal sealed class OtlpSettings
{
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string ProtocolKey = "OTEL_EXPORTER_OTLP_PROTOCOL";
    public const string DisabledKey = "OTEL_SDK_DISABLED";
    public const string Grpc = "grpc";
    public const string HttpProtobuf = "http/protobuf";
    public const string Exporter = "otlp";
    public const string None = "none";

    private readonly HashSet<TelemetrySignal> _signals = [];

    public OtlpSettings(IConfiguration configuration, TelemetryOptions options)
    {
        IsDisabled = string.Equals(configuration[DisabledKey], "true", StringComparison.OrdinalIgnoreCase);
        var own = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (options.OtlpEndpoint.Length > 0)
        {
            own[EndpointKey] = options.OtlpEndpoint;
        }

        if (options.OtlpProtocol.Length > 0)
        {
            own[ProtocolKey] = options.OtlpProtocol;
        }

        Configuration = new ConfigurationBuilder().AddConfiguration(configuration).AddInMemoryCollection(own).Build();
        if (IsDisabled)
        {
            return;
        }

        foreach (var signal in Enum.GetValues<TelemetrySignal>())
        {
            if (IsSet(EndpointKey) || IsSet(EndpointKeyOf(signal)))
            {
                _signals.Add(signal);
            }

            if (Configuration[ExporterKeyOf(signal)] == None)
            {
                _signals.Remove(signal);
            }
        }

        bool IsSet(string key) => !string.IsNullOrEmpty(Configuration[key]);
    }

    /// <summary>True where telemetry is switched off as a whole.</summary>
    public bool IsDisabled { get; }

    /// <summary>What the SDK reads.</summary>
    public IConfiguration Configuration { get; }

    /// <summary>True where anything is sent.</summary>
    public bool IsAny => _signals.Count > 0;

    public bool Sends(TelemetrySignal signal) => _signals.Contains(signal);

    /// <summary>What the variables of one signal say, over what those of all say, which the SDK has read.</summary>
    public void Configure(OtlpExporterOptions options, TelemetrySignal signal)
    {
        if (Find("PROTOCOL") is { } protocol)
        {
            options.Protocol = protocol == HttpProtobuf ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        }

        if (Find("ENDPOINT") is { } endpoint)
        {
            options.Endpoint = new Uri(endpoint);
        }

        if (Find("HEADERS") is { } headers)
        {
            options.Headers = headers;
        }

        if (int.TryParse(Find("TIMEOUT"), NumberStyles.None, CultureInfo.InvariantCulture, out var timeout))
        {
            options.TimeoutMilliseconds = timeout;
        }

        if (Find("COMPRESSION") is { } compression)
        {
            options.Compression = compression == "gzip" ? OtlpExportCompression.GZip : OtlpExportCompression.None;
        }

        string? Find(string name) => Configuration[$"OTEL_EXPORTER_OTLP_{Name(signal)}_{name}"] is { Length: > 0 } value ? value : null;
    }

    public static string EndpointKeyOf(TelemetrySignal signal) => $"OTEL_EXPORTER_OTLP_{Name(signal)}_ENDPOINT";

    public static string ProtocolKeyOf(TelemetrySignal signal) => $"OTEL_EXPORTER_OTLP_{Name(signal)}_PROTOCOL";

    public static string ExporterKeyOf(TelemetrySignal signal) => $"OTEL_{Name(signal)}_EXPORTER";

    private static string Name(TelemetrySignal signal) => signal.ToString().ToUpperInvariant();
}
