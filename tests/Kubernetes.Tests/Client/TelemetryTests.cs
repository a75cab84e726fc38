using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using static Wego.Kubernetes.Tests.ClientFactory;

namespace Wego.Kubernetes.Tests;

public sealed class TelemetryTests
{
    [Fact]
    public async Task MetricsAndTracesNameResourcesButNoObjectsUsersOrTokens()
    {
        var cluster = Guid.NewGuid().ToString();
        var measured = new ConcurrentQueue<Dictionary<string, object?>>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == KubernetesTelemetry.Name)
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<double>((_, _, tags, _) => measured.Enqueue(tags.ToArray().ToDictionary(t => t.Key, t => t.Value)));
        meters.Start();
        var activities = new ConcurrentQueue<Activity>();
        using var traces = new ActivityListener
        {
            ShouldListenTo = s => s.Name == KubernetesTelemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(traces);
        using var log = new TestLog();
        await using var server = await ScriptedServer.StartAsync();
        server.On("GET /api/v1/namespaces/secret-ns/configmaps/secret-name", 404, Json.Status(404, "NotFound", "not found"));
        using var client = Create(server, log, options: new KubernetesClientOptions { ClusterName = cluster });

        await Should.ThrowAsync<KubernetesException>(
            () => client.GetAsync(KubernetesIdentity.Bearer("secret-token"), ConfigMaps, "secret-ns", "secret-name", TestContext.Current.CancellationToken));

        measured.Single(m => Equals(m["k8s.cluster.name"], cluster)).ShouldBe(new Dictionary<string, object?>
        {
            ["k8s.cluster.name"] = cluster,
            ["wego.kubernetes.verb"] = "get",
            ["wego.kubernetes.group"] = "",
            ["wego.kubernetes.resource"] = "configmaps",
            ["http.response.status_code"] = 404,
            ["error.type"] = "NotFound",
        }, ignoreOrder: true);
        var activity = activities.Single(a => Equals(a.GetTagItem("k8s.cluster.name"), cluster));
        activity.DisplayName.ShouldBe("get configmaps");
        activity.Status.ShouldBe(ActivityStatusCode.Error);
        activity.TagObjects.ShouldAllBe(t => !t.Value!.ToString()!.Contains("secret", StringComparison.Ordinal));
    }
}
