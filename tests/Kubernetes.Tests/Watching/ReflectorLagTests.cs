using System.Diagnostics.Metrics;

namespace Wego.Kubernetes.Tests;

public sealed class ReflectorLagTests
{
    [Fact]
    public void TheLongestSilencePerResourceIsMeasured()
    {
        var cluster = Guid.NewGuid().ToString();
        var time = new FakeTimeProvider();
        var resource = ClientFactory.ConfigMaps;
        using var silent = new ReflectorLag(cluster, resource, time);
        time.Advance(TimeSpan.FromSeconds(5));
        var late = new ReflectorLag(cluster, resource, time);
        time.Advance(TimeSpan.FromSeconds(2));

        Lag().ShouldBe(7);
        silent.Heard();
        Lag().ShouldBe(2);
        late.Dispose();
        Lag().ShouldBe(0);

        double Lag() => ReflectorLag.Measure().Single(m => IsOurs(m)).Value;

        bool IsOurs(Measurement<double> measurement) => measurement.Tags.ToArray().Contains(KeyValuePair.Create("k8s.cluster.name", (object?)cluster));
    }
}
