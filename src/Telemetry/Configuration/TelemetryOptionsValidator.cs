using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Wego.Telemetry;

internal sealed class TelemetryOptionsValidator(IConfiguration configuration) : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        var wrong = new List<string>();
        CheckListen(options, wrong);
        if (!options.PrometheusPath.StartsWith('/') || options.PrometheusPath.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('/' or '-' or '_' or '.')))
        {
            wrong.Add($"{Key(nameof(options.PrometheusPath))} is '{options.PrometheusPath}'; it must begin with a slash and consist of letters, digits, '-', '_', '.' and '/', for example /metrics.");
        }

        if (options.CardinalityLimit is < 10 or > 100_000)
        {
            wrong.Add($"{Key(nameof(options.CardinalityLimit))} is {options.CardinalityLimit}; give a number from 10 to 100000, for example 2000.");
        }

        CheckUrl(Key(nameof(options.OtlpEndpoint)), options.OtlpEndpoint, wrong);
        CheckProtocol(Key(nameof(options.OtlpProtocol)), options.OtlpProtocol, wrong);
        CheckStandard(OtlpSettings.EndpointKey, CheckUrl, wrong);
        CheckStandard(OtlpSettings.ProtocolKey, CheckProtocol, wrong);
        foreach (var signal in Enum.GetValues<TelemetrySignal>())
        {
            CheckStandard(OtlpSettings.EndpointKeyOf(signal), CheckUrl, wrong);
            CheckStandard(OtlpSettings.ProtocolKeyOf(signal), CheckProtocol, wrong);
            CheckStandard(OtlpSettings.ExporterKeyOf(signal), CheckExporter, wrong);
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static void CheckListen(TelemetryOptions options, List<string> wrong)
    {
        if (options.PrometheusListen.Length > 0 && options.PrometheusListen != TelemetryOptions.ApiPort && PrometheusAddress.Parse(options.PrometheusListen) is null)
        {
            wrong.Add($"{Key(nameof(options.PrometheusListen))} is '{options.PrometheusListen}'; give ADDRESS:PORT, for example 0.0.0.0:9464, or '{TelemetryOptions.ApiPort}' for the port of the API.");
        }
    }

    private static void CheckUrl(string key, string value, List<string> wrong)
    {
        if (value.Length > 0 && !(Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            // It may hold a password.
            wrong.Add($"{key} is no URL of an OTLP receiver; give http(s)://HOST:PORT, for example http://otel-collector:4317.");
        }
    }

    private static void CheckProtocol(string key, string value, List<string> wrong)
    {
        if (value is not ("" or OtlpSettings.Grpc or OtlpSettings.HttpProtobuf))
        {
            wrong.Add($"{key} is '{value}'; it must be {OtlpSettings.Grpc} or {OtlpSettings.HttpProtobuf}.");
        }
    }

    private static void CheckExporter(string key, string value, List<string> wrong)
    {
        if (value is not ("" or OtlpSettings.Exporter or OtlpSettings.None))
        {
            wrong.Add($"{key} is '{value}'; it must be {OtlpSettings.Exporter} or {OtlpSettings.None}. Prometheus is served by {Key(nameof(TelemetryOptions.PrometheusListen))}.");
        }
    }

    private void CheckStandard(string key, Action<string, string, List<string>> check, List<string> wrong) => check(key, configuration[key] ?? "", wrong);

    private static string Key(string property) => $"{TelemetryOptions.Section}:{property}";
}
