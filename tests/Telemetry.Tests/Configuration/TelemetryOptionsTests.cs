using Microsoft.Extensions.Options;

namespace Wego.Telemetry.Tests.Configuration;

[Collection(TelemetryHost.Collection)]
public sealed class TelemetryOptionsTests
{
    [Theory]
    [InlineData("Wego:Telemetry:PrometheusListen=9464", "ADDRESS:PORT")]
    [InlineData("Wego:Telemetry:PrometheusListen=localhost:9464", "ADDRESS:PORT")]
    [InlineData("Wego:Telemetry:PrometheusListen=127.0.0.1", "ADDRESS:PORT")]
    [InlineData("Wego:Telemetry:PrometheusListen=127.0.0.1:99999", "ADDRESS:PORT")]
    [InlineData("Wego:Telemetry:PrometheusListen=::1", "ADDRESS:PORT")]
    [InlineData("Wego:Telemetry:PrometheusPath=metrics", "begin with a slash")]
    [InlineData("Wego:Telemetry:PrometheusPath=/a b", "begin with a slash")]
    [InlineData("Wego:Telemetry:CardinalityLimit=0", "10 to 100000")]
    [InlineData("Wego:Telemetry:OtlpEndpoint=collector:4317", "http(s)://HOST:PORT")]
    [InlineData("Wego:Telemetry:OtlpProtocol=http/json", "grpc or http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=collector", "http(s)://HOST:PORT")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL=http", "grpc or http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=/v1/logs", "http(s)://HOST:PORT")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL=x", "grpc or http/protobuf")]
    [InlineData("OTEL_METRICS_EXPORTER=prometheus", "Wego:Telemetry:PrometheusListen")]
    public async Task A_bad_value_stops_the_start_and_names_its_key(string setting, string remedy)
    {
        var error = await Should.ThrowAsync<OptionsValidationException>(() => TelemetryHost.StartAsync(setting));
        error.Message.ShouldStartWith(setting.Split('=')[0]);
        error.Message.ShouldContain(remedy);
    }

    [Theory]
    [InlineData("127.0.0.1:9464")]
    [InlineData("0.0.0.0:0")]
    [InlineData("[::1]:9464")]
    public void An_address_is_read(string text) => PrometheusAddress.Parse(text)!.ToString().ShouldBe(text);
}
