using Microsoft.Extensions.Logging;

namespace Wego.Telemetry.Tests.Otlp;

[Collection(TelemetryHost.Collection)]
public sealed partial class OtlpTests
{
    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task Traces_metrics_and_logs_are_sent(string protocol)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var address = protocol == "grpc" ? receiver.GrpcAddress : receiver.HttpAddress;
        await using (var host = await TelemetryHost.StartAsync(
            $"Wego:Telemetry:OtlpEndpoint={address}",
            $"Wego:Telemetry:OtlpProtocol={protocol}",
            "OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20of-the-collector",
            "OTEL_RESOURCE_ATTRIBUTES=deployment.environment.name=test",
            "POD_NAME=wego-0",
            "POD_NAMESPACE=kubeapps",
            "NODE_NAME=node-1"))
        {
            host.Work();
            LogGreeting(host.Logger, "world");
        }

        var work = receiver.Spans.Single(s => s.Name == "work");
        work.Attributes.ShouldContainKeyAndValue("answer", "42");
        receiver.Metrics.ShouldContainKeyAndValue("wego.test.work", "{work}");
        receiver.Metrics.ShouldContainKey("dotnet.gc.collections");
        receiver.Logs.ShouldContain(l => l.StartsWith("Hello, world.", StringComparison.Ordinal) && l.Contains("Name=world", StringComparison.Ordinal));
        (string, string)[] resource =
        [
            ("service.name", "wego"), ("service.version", "1.2.3"), ("service.instance.id", "wego-0"), ("deployment.environment.name", "test"),
            ("k8s.pod.name", "wego-0"), ("k8s.namespace.name", "kubeapps"), ("k8s.node.name", "node-1"),
        ];
        foreach (var (key, value) in resource)
        {
            receiver.Resource.ShouldContainKeyAndValue(key, value);
        }

        receiver.Requests.ShouldAllBe(r => r.Authorization == "Bearer of-the-collector");
        receiver.Requests.Select(r => r.Path).Distinct().Order().ShouldBe(protocol == "grpc"
            ? ["/opentelemetry.proto.collector.logs.v1.LogsService/Export", "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", "/opentelemetry.proto.collector.trace.v1.TraceService/Export"]
            : ["/v1/logs", "/v1/metrics", "/v1/traces"]);
    }

    [Fact]
    public async Task The_standard_variables_count()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (var host = await TelemetryHost.StartAsync(
            $"OTEL_EXPORTER_OTLP_ENDPOINT={receiver.HttpAddress}", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "OTEL_SERVICE_NAME=wego-blue", "OTEL_METRICS_EXPORTER=none"))
        {
            host.Work();
            LogGreeting(host.Logger, "world");
        }

        receiver.Resource["service.name"].ShouldBe("wego-blue");
        receiver.Spans.ShouldContain(s => s.Name == "work");
        receiver.Logs.ShouldNotBeEmpty();
        receiver.Metrics.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_endpoint_for_one_signal_switches_on_that_one()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (var host = await TelemetryHost.StartAsync(
            $"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT={receiver.HttpAddress}v1/traces", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/protobuf"))
        {
            host.Work();
            host.Worked.Enabled.ShouldBeFalse();
            LogGreeting(host.Logger, "world");
        }

        receiver.Spans.ShouldContain(s => s.Name == "work");
        receiver.Logs.ShouldBeEmpty();
        receiver.Metrics.ShouldBeEmpty();
    }

    [Fact]
    public async Task Logs_that_the_rules_leave_out_are_not_sent()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (var host = await TelemetryHost.StartAsync(
            $"Wego:Telemetry:OtlpEndpoint={receiver.HttpAddress}", "Wego:Telemetry:OtlpProtocol=http/protobuf", "Logging:OpenTelemetry:LogLevel:Default=Warning"))
        {
            LogGreeting(host.Logger, "world");
            LogWarning(host.Logger);
        }

        receiver.Logs.ShouldHaveSingleItem().ShouldStartWith("Watch out.");
    }

    [Fact]
    public async Task A_receiver_that_is_away_disturbs_nobody_and_is_told_of()
    {
        await using var host = await TelemetryHost.StartAsync("Wego:Telemetry:OtlpEndpoint=http://user:secret@127.0.0.1:9", "OTEL_EXPORTER_OTLP_TIMEOUT=100");
        host.Work();
        (await host.Client(0).GetStringAsync("/", TestContext.Current.CancellationToken)).ShouldBe("the application");
        await host.StopAsync();
        host.Log.Entries.ShouldNotContain(e => e.Message.Contains("secret", StringComparison.Ordinal));
        host.Log.Entries.ShouldContain(e => e.Level == LogLevel.Warning && e.Message.StartsWith("Telemetry could not be sent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_span_of_a_request_follows_the_conventions()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (var host = await TelemetryHost.StartAsync($"Wego:Telemetry:OtlpEndpoint={receiver.HttpAddress}", "Wego:Telemetry:OtlpProtocol=http/protobuf"))
        {
            (await host.Client(0).GetStringAsync("/some/path?with=query", TestContext.Current.CancellationToken)).ShouldBe("the application");
        }

        var span = receiver.Spans.Single(s => s is { Scope: "Microsoft.AspNetCore", Kind: OtlpSpanKind.Server });
        span.Name.ShouldBe("GET");
        span.Attributes["url.path"].ShouldBe("/some/path");
        span.Attributes["http.response.status_code"].ShouldBe("200");
        span.IsError.ShouldBeFalse();
    }

    [LoggerMessage(1, LogLevel.Information, "Hello, {Name}.")]
    private static partial void LogGreeting(ILogger logger, string name);

    [LoggerMessage(2, LogLevel.Warning, "Watch out.")]
    private static partial void LogWarning(ILogger logger);
}
