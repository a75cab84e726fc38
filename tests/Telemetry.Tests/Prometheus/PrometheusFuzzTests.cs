using FsCheck;
using FsCheck.Fluent;

namespace Wego.Telemetry.Tests.Prometheus;

/// <summary>Whatever is measured, what is served can be read.</summary>
public sealed class PrometheusFuzzTests
{
    private static readonly string[] Pieces =
        ["a", "b", "le", ".", "-", "_", "/", " ", "\"", "\\", "\n", "\r", "{", "}", "=", ",", "#", "é", "日", "\u0000", "😀", "9", "total", "otel_scope_name"];

    private static readonly string[] Names = ["a.b", "a_b", "a/b", "a-b.total", "a.total", "a.b.seconds", "b9", "a.b.count", "a.b.sum", "a.b.bucket", "target", "target.info"];

    private static readonly string[] Units = ["", "1", "s", "ms", "By", "{call}", "{call}/s", "By/s", "%", "furlong", "m/h", "/", "{", "s{x", "°C", "total"];

    private static Arbitrary<Measured[]> Measurements { get; } =
        (from kind in Gen.Choose(0, 3)
         from name in Gen.Elements(Names)
         from unit in Gen.Elements(Units)
         from help in Text
         from key in Text
         from other in Text
         from value in Text
         from number in ArbMap.Default.GeneratorFor<double>()
         select new Measured(kind, name, unit, help, key, other, value, number)).ArrayOf().ToArbitrary();

    private static Gen<string> Text => Gen.Elements(Pieces).ListOf().Select(string.Concat);

    [Fact]
    public void Any_measurements_become_text_that_can_be_read() => Prop.ForAll(Measurements, async measured =>
    {
        using var scrape = new Scrape();
        var meter = scrape.Meter("m");
        foreach (var one in measured)
        {
            one.Record(meter);
        }

        // Text that cannot be read throws here.
        var text = await scrape.TextAsync(PrometheusFormat.Text);
        var openMetrics = await scrape.TextAsync(PrometheusFormat.OpenMetrics);
        PrometheusText.Parse(text).Samples.Count.ShouldBe(PrometheusText.Parse(openMetrics, isOpenMetrics: true).Samples.Count);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_label_is_read_as_it_was_written() => Prop.ForAll(Text.ToArbitrary(), async value =>
    {
        using var scrape = new Scrape();
        scrape.Meter("m").CreateCounter<long>("c").Add(1, KeyValuePair.Create<string, object?>("label", value));
        PrometheusText.Parse(await scrape.TextAsync(PrometheusFormat.Text)).Samples.Single(s => s.Name == "c_total").Labels["label"].ShouldBe(value);
    }).QuickCheckThrowOnFailure();

    public sealed record Measured(int Kind, string Name, string Unit, string Help, string Key, string Other, string Value, double Number)
    {
        public void Record(System.Diagnostics.Metrics.Meter meter)
        {
            KeyValuePair<string, object?>[] tags = [new(Key, Value), new(Other, Number)];
            switch (Kind)
            {
                case 0:
                    meter.CreateCounter<double>(Name, Unit, Help).Add(Math.Abs(Number), tags);
                    break;
                case 1:
                    meter.CreateUpDownCounter<double>(Name, Unit, Help).Add(Number, tags);
                    break;
                case 2:
                    meter.CreateGauge<double>(Name, Unit, Help).Record(Number, tags);
                    break;
                default:
                    meter.CreateHistogram<double>(Name, Unit, Help).Record(Number, tags);
                    break;
            }
        }
    }
}
