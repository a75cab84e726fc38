namespace Wego.Telemetry.Tests.Prometheus;

public sealed class PrometheusFormatTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("*/*", false)]
    [InlineData("text/plain", false)]
    [InlineData("text/html,*/*;q=0.8", false)]
    [InlineData("not a header, at all;;", false)]
    [InlineData("application/openmetrics-text", true)]
    [InlineData("application/openmetrics-text;version=1.0.0", true)]
    [InlineData("application/openmetrics-text;version=0.0.1", false)]
    [InlineData("application/openmetrics-text;version=2.0.0,text/plain;q=0.1", false)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0,text/plain", false)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.3,text/plain;version=0.0.4;q=0.5", false)]
    [InlineData("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", true)]
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/vnd.google.protobuf;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.2", true)]
    public void Accept_chooses_the_format(string accept, bool isOpenMetrics) =>
        PrometheusFormat.Negotiate(accept).ShouldBe(isOpenMetrics ? PrometheusFormat.OpenMetrics : PrometheusFormat.Text);
}
