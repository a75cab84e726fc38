using System.Diagnostics.Metrics;

namespace Wego.EndToEnd.Telemetry;

/// <summary>What is measured in a journey, against what <c>docs/telemetry.md</c> tells.</summary>
public sealed class MetricsTests(MetricsFixture measured) : IClassFixture<MetricsFixture>
{
    // Of every name: what its values may be. Whatever else a label holds might be a name, a user or a secret.
    private static readonly Dictionary<string, Func<string, bool>> Allowed = new(StringComparer.Ordinal)
    {
        ["error_type"] = v => IsWord(v),
        ["gc_heap_generation"] = v => v is "gen0" or "gen1" or "gen2" or "loh" or "poh",
        ["cpu_mode"] = v => v is "user" or "system",
        ["http_connection_state"] = v => v is "active" or "idle",
        ["http_request_method"] = v => v is "GET" or "POST" or "PUT" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS" or "_OTHER",
        ["http_response_status_code"] = v => v.Length == 3 && v.All(char.IsAsciiDigit),
        // Of the clusters of tests that run at the same time, one is not called "default".
        ["k8s_cluster_name"] = _ => true,
        ["le"] = _ => true,
        ["network_protocol_name"] = v => v == "http",
        ["network_protocol_version"] = v => v is "1.0" or "1.1" or "2",
        ["network_transport"] = v => v == "tcp",
        ["network_type"] = v => v is "ipv4" or "ipv6",
        ["otel_scope_name"] = v => v.StartsWith("Wego.", StringComparison.Ordinal) || v.StartsWith("Microsoft.", StringComparison.Ordinal) || v.StartsWith("System.", StringComparison.Ordinal),
        ["rpc_method"] = v => v.Split('/') is [var service, var method] && IsWord(service) && IsWord(method),
        ["rpc_response_status_code"] = v => v.All(c => char.IsAsciiLetterUpper(c) || c == '_'),
        ["rpc_system_name"] = v => v is "grpc" or "connectrpc" or "http_json",
        ["server_port"] = v => v.All(char.IsAsciiDigit),
        ["tls_protocol_version"] = v => v is "1.2" or "1.3",
        ["url_scheme"] = v => v is "http" or "https",
        ["wego_access_source"] = v => v is "asked" or "cached",
        ["wego_catalogue_state"] = v => v is "loaded" or "stale" or "failed",
        ["wego_kubernetes_group"] = v => v.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-'),
        ["wego_kubernetes_resource"] = v => v.All(char.IsAsciiLetterLower),
        ["wego_kubernetes_route"] = v => v is "direct" or "pinniped",
        ["wego_kubernetes_verb"] = v => v is "get" or "list" or "watch" or "create" or "update" or "patch" or "delete",
        ["wego_operation"] = v => v.Split(' ') is [.., "package" or "repository"],
        ["wego_outcome"] = v => v is "loaded" or "unchanged" or "failed",
        ["wego_plugin"] = v => v is "fluxv2.packages" or "helm.packages" or "kapp_controller.packages" or "resources",
        ["wego_rpc_kind"] = v => v is "unary" or "stream",
    };

    // What the journey and the tests beside it call things, and what they log in with.
    private static readonly string[] Names = ["team-a", "measured", "hello-web", "sample", "sandbox-", "token-of", "system:", "127.0.0.1", "localhost", "no-such-package"];

    [Fact]
    public void NoLabelNamesAUserAnObjectANamespaceOrAToken()
    {
        var samples = measured.Text.Samples.Where(s => s.Name != "target_info").ToArray();
        samples.Length.ShouldBeGreaterThan(200);
        foreach (var (sample, name, value) in samples.SelectMany(s => s.Labels.Select(l => (s, l.Key, l.Value))))
        {
            Allowed.ShouldContainKey(name, sample.ToString());
            Allowed[name](value).ShouldBeTrue($"{sample.Name}: {name}={value}");
            if (name is not ("le" or "k8s_cluster_name"))
            {
                Names.ShouldNotContain(n => value.Contains(n, StringComparison.Ordinal), $"{sample.Name}: {name}={value}");
            }
        }
    }

    [Fact]
    public void EveryMetricThatIsServedIsDocumentedWithItsLabels()
    {
        var documented = MetricsTable.Read().ToDictionary(r => r.Prometheus, StringComparer.Ordinal);
        foreach (var series in measured.Text.Samples.GroupBy(s => Family(s.Name)))
        {
            if (series.Key == "target_info")
            {
                continue;
            }

            documented.ShouldContainKey(series.Key);
            var labels = series.SelectMany(s => s.Labels.Keys).Except(["le", "otel_scope_name", "otel_metric_overflow"]);
            labels.Except(documented[series.Key].Labels).ShouldBeEmpty($"{series.Key}: labels that are not documented");
        }
    }

    [Fact]
    public void EveryMetricOfWegoIsDocumentedWithItsUnitAndNoOtherIs()
    {
        Instrument[] instruments;
        lock (measured.Instruments)
        {
            instruments = [.. measured.Instruments.Where(i => i.Meter.Name.StartsWith("Wego.", StringComparison.Ordinal) && !i.Meter.Name.StartsWith("Wego.Test", StringComparison.Ordinal))];
        }

        MetricsTable.Read().Where(r => r.Name.StartsWith("wego.", StringComparison.Ordinal) || r.Name.StartsWith("rpc.", StringComparison.Ordinal))
            .Select(r => $"{r.Name} {r.Unit}").Order(StringComparer.Ordinal)
            .ShouldBe(instruments.Select(i => $"{i.Name} {i.Unit}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AJourneyShowsTheMetricsThatDashboardsNeed()
    {
        string[] expected =
        [
            "rpc_server_call_duration_seconds", "wego_rpc_active_calls", "wego_kubernetes_request_duration_seconds", "wego_kubernetes_reflector_lag_seconds",
            "wego_kubernetes_reflector_lists_total", "wego_kubernetes_access_reviews_total", "wego_kubernetes_circuit_open", "wego_catalogue_repositories",
            "wego_catalogue_packages", "wego_catalogue_versions", "wego_catalogue_age_seconds", "wego_catalogue_refresh_duration_seconds",
            "wego_operation_duration_seconds", "wego_operation_active", "wego_package_watched_resources", "orleans_catalog_activations",
        ];
        expected.Except(measured.Text.Samples.Select(s => Family(s.Name))).ShouldBeEmpty();
        double Count(string name, string label, string value) => measured.Text.Samples.Where(s => s.Name == name && s.Labels.TryGetValue(label, out var found) && found == value).Sum(s => s.Value);
        Count("wego_operation_duration_seconds_count", "wego_operation", "create package").ShouldBeGreaterThanOrEqualTo(2);
        Count("rpc_server_call_duration_seconds_count", "rpc_response_status_code", "NOT_FOUND").ShouldBeGreaterThanOrEqualTo(1);
        Count("wego_kubernetes_access_reviews_total", "wego_access_source", "cached").ShouldBeGreaterThanOrEqualTo(1);
    }

    private string Family(string sample)
    {
        if (measured.Text.Types.ContainsKey(sample))
        {
            return sample;
        }

        return sample[..sample.LastIndexOf('_')];
    }

    private static bool IsWord(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_');
}
