using System.Globalization;
using System.Text.Json.Nodes;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using SdkMeter = System.Diagnostics.Metrics.Meter;

namespace Wego.Telemetry.Tests;

/// <summary>Meters, the SDK and the exporter, without a server.</summary>
internal sealed class Scrape : IDisposable
{
    private readonly List<SdkMeter> _meters = [];
    private readonly PrometheusExporter _exporter = new();
    private readonly MeterProvider _provider;

    public Scrape(int cardinalityLimit = 2000, params (string Key, object Value)[] resource)
    {
        Prefix = Guid.NewGuid().ToString("N");
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter($"{Prefix}*")
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddAttributes(resource.Select(r => KeyValuePair.Create(r.Key, r.Value))))
            .AddView(i => new MetricStreamConfiguration { CardinalityLimit = cardinalityLimit })
            .AddReader(new BaseExportingMetricReader(_exporter))
            .Build();
    }

    /// <summary>What meters' names begin with, so that those of other tests are not measured.</summary>
    public string Prefix { get; }

    public SdkMeter Meter(string name, string? version = null, params (string Key, object? Value)[] tags)
    {
        var meter = new SdkMeter(Prefix + name, version, tags.Select(t => KeyValuePair.Create(t.Key, t.Value)));
        _meters.Add(meter);
        return meter;
    }

    public async Task<string> TextAsync(PrometheusFormat format)
    {
        var families = await _exporter.CollectAsync(TestContext.Current.CancellationToken);
        var text = new StringWriter(CultureInfo.InvariantCulture);
        var writer = new PrometheusWriter(text, format);
        foreach (var family in families)
        {
            writer.Write(family);
        }

        writer.WriteEnd();
        return text.ToString().Replace(Prefix, "", StringComparison.Ordinal);
    }

    public IEnumerable<string> Conflicts() => _exporter.TakeNewConflicts().Select(c => c.Replace(Prefix, "", StringComparison.Ordinal));

    /// <summary>Makes the instruments of a golden case and measures.</summary>
    public void Play(JsonArray meters)
    {
        foreach (var meter in meters)
        {
            var made = Meter((string)meter!["name"]!, (string?)meter["version"], [.. Tags(meter["tags"]).Select(t => (t.Key, t.Value))]);
            foreach (var instrument in meter["instruments"]!.AsArray())
            {
                Play(made, instrument!.AsObject());
            }
        }
    }

    public void Dispose()
    {
        _provider.Dispose();
        _meters.ForEach(m => m.Dispose());
    }

    private static void Play(SdkMeter meter, JsonObject instrument)
    {
        var (name, unit, help) = ((string)instrument["name"]!, (string?)instrument["unit"], (string?)instrument["description"]);
        var values = instrument["values"]!.AsArray().Select(v => (Number: Number(v!["value"]!), Tags: Tags(v["tags"]))).ToArray();
        switch ((string)instrument["kind"]!)
        {
            case "counter" when values.All(v => double.IsInteger(v.Number)):
                var counter = meter.CreateCounter<long>(name, unit, help);
                Array.ForEach(values, v => counter.Add((long)v.Number, v.Tags));
                break;
            case "counter":
                var counterOfDoubles = meter.CreateCounter<double>(name, unit, help);
                Array.ForEach(values, v => counterOfDoubles.Add(v.Number, v.Tags));
                break;
            case "updown":
                var upDown = meter.CreateUpDownCounter<long>(name, unit, help);
                Array.ForEach(values, v => upDown.Add((long)v.Number, v.Tags));
                break;
            case "gauge":
                var gauge = meter.CreateGauge<double>(name, unit, help);
                Array.ForEach(values, v => gauge.Record(v.Number, v.Tags));
                break;
            case "observed":
                meter.CreateObservableGauge(name, () => values.Select(v => new System.Diagnostics.Metrics.Measurement<long>((long)v.Number, v.Tags)), unit, help);
                break;
            case "histogram":
                var bounds = instrument["bounds"]?.AsArray().Select(b => (double)b!).ToArray();
                var histogram = meter.CreateHistogram(name, unit, help, tags: null, new System.Diagnostics.Metrics.InstrumentAdvice<double> { HistogramBucketBoundaries = bounds ?? [] });
                Array.ForEach(values, v => histogram.Record(v.Number, v.Tags));
                break;
            case var other:
                throw new InvalidDataException($"There is no instrument of kind {other}.");
        }
    }

    private static double Number(JsonNode value) => value.GetValueKind() == System.Text.Json.JsonValueKind.String
        ? double.Parse((string)value!, CultureInfo.InvariantCulture)
        : (double)value!;

    private static KeyValuePair<string, object?>[] Tags(JsonNode? tags) => [.. (tags as JsonObject ?? []).Select(t => KeyValuePair.Create(t.Key, Value(t.Value)))];

    private static object? Value(JsonNode? value) => value?.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.String => (string?)value,
        System.Text.Json.JsonValueKind.Number => (double)value!,
        System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => (bool)value!,
        System.Text.Json.JsonValueKind.Array => value.AsArray().Select(v => (string)v!).ToArray(),
        _ => null,
    };
}
