using System.Net;
using System.Net.Http.Headers;

namespace Wego.Telemetry.Tests.Prometheus;

[Collection(TelemetryHost.Collection)]
public sealed class PrometheusEndpointTests
{
    [Fact]
    public async Task A_port_of_its_own_serves_metrics_and_nothing_else()
    {
        await using var host = await TelemetryHost.StartAsync("Wego:Telemetry:PrometheusListen=127.0.0.1:0");
        var (api, metrics) = (host.Client(0), host.Client(1));

        using var scrape = await metrics.GetAsync("/metrics", TestContext.Current.CancellationToken);
        scrape.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        var text = PrometheusText.Parse(await scrape.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        text.Types["target_info"].ShouldBe("gauge");
        text.Samples.Single(s => s.Name == "target_info").Labels.ShouldContainKeyAndValue("service_name", "wego");

        (await metrics.GetAsync("/", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.GetAsync("/metrics", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.GetStringAsync("/metrics", TestContext.Current.CancellationToken)).ShouldBe("the application");
    }

    [Fact]
    public async Task The_port_of_the_API_can_serve_them()
    {
        await using var host = await TelemetryHost.StartAsync("Wego:Telemetry:PrometheusListen=api", "Wego:Telemetry:PrometheusPath=/internal/metrics");
        PrometheusText.Parse(await host.Client(0).GetStringAsync("/internal/metrics", TestContext.Current.CancellationToken)).Types.ShouldContainKey("target_info");
        (await host.Client(0).GetStringAsync("/metrics", TestContext.Current.CancellationToken)).ShouldBe("the application");
    }

    [Fact]
    public async Task Nothing_is_measured_and_no_port_is_opened_by_default()
    {
        await using var host = await TelemetryHost.StartAsync();
        host.Addresses.Count.ShouldBe(1);
        host.Work();
        host.Worked.Enabled.ShouldBeFalse();
        host.Activities.HasListeners().ShouldBeFalse();
    }

    [Fact]
    public async Task The_SDK_can_be_switched_off()
    {
        await using var host = await TelemetryHost.StartAsync("Wego:Telemetry:PrometheusListen=127.0.0.1:0", "OTEL_SDK_DISABLED=true");
        host.Worked.Enabled.ShouldBeFalse();
        (await host.Client(1).GetAsync("/metrics", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task OpenMetrics_is_served_where_it_is_asked_for()
    {
        await using var host = await TelemetryHost.StartAsync("Wego:Telemetry:PrometheusListen=127.0.0.1:0");
        var client = host.Client(1);
        client.DefaultRequestHeaders.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("application/openmetrics-text; version=1.0.0"));
        var text = PrometheusText.Parse(await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken), isOpenMetrics: true);
        text.Types["target"].ShouldBe("info");
    }

    [Fact]
    public async Task Metrics_are_read_and_not_written()
    {
        await using var host = await TelemetryHost.StartAsync("Wego:Telemetry:PrometheusListen=127.0.0.1:0");
        using var post = await host.Client(1).PostAsync("/metrics", content: null, TestContext.Current.CancellationToken);
        post.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        post.Content.Headers.Allow.ShouldBe(["GET", "HEAD"]);
        using var head = await host.Client(1).SendAsync(new HttpRequestMessage(HttpMethod.Head, "/metrics"), TestContext.Current.CancellationToken);
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await head.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_can_scrape_at_once()
    {
        await using var host = await TelemetryHost.StartAsync("Wego:Telemetry:PrometheusListen=127.0.0.1:0");
        host.Work();
        var scrapes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Client(1).GetStringAsync("/metrics", TestContext.Current.CancellationToken)));
        foreach (var scrape in scrapes)
        {
            PrometheusText.Parse(scrape).Samples.Single(s => s.Name == "wego_test_work_total").Value.ShouldBe(1);
        }
    }

    [Fact]
    public async Task Scrapes_are_not_counted_as_calls()
    {
        await using var host = await TelemetryHost.StartAsync("Wego:Telemetry:PrometheusListen=127.0.0.1:0");
        await host.Client(0).GetStringAsync("/", TestContext.Current.CancellationToken);
        // A call is counted a moment after its answer; by then a scrape or two have ended as well.
        (await CountUntilMoreThanAsync(0)).ShouldBe(1);
        await host.Client(0).GetStringAsync("/", TestContext.Current.CancellationToken);
        (await CountUntilMoreThanAsync(1)).ShouldBe(2);

        async Task<double> CountUntilMoreThanAsync(int before)
        {
            while (true)
            {
                var text = PrometheusText.Parse(await host.Client(1).GetStringAsync("/metrics", TestContext.Current.CancellationToken));
                var counted = text.Samples.Where(s => s.Name == "http_server_request_duration_seconds_count").Sum(s => s.Value);
                if (counted > before)
                {
                    return counted;
                }
            }
        }
    }

    [Fact]
    public async Task Hosts_that_users_choose_are_no_labels()
    {
        await using var host = await TelemetryHost.StartAsync("Wego:Telemetry:PrometheusListen=127.0.0.1:0");
        await host.Client(0).GetStringAsync("/", TestContext.Current.CancellationToken);
        var text = PrometheusText.Parse(await host.Client(1).GetStringAsync("/metrics", TestContext.Current.CancellationToken));
        var calls = text.Samples.First(s => s.Name == "http_client_request_duration_seconds_count");
        calls.Labels.ShouldContainKeyAndValue("http_request_method", "GET");
        text.Samples.ShouldNotContain(s => s.Labels.ContainsKey("server_address"));
    }
}
