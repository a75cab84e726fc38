using System.Diagnostics;
using System.Globalization;

namespace Wego.Perf.Api;

/// <summary>Durations in milliseconds, collected from any thread.</summary>
internal sealed class Latencies
{
    private readonly Lock _gate = new();
    private readonly List<double> _values = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _values.Count;
            }
        }
    }

    /// <summary>Adds the time since a timestamp of <see cref="Stopwatch"/>.</summary>
    public void AddSince(long timestamp) => Add(Stopwatch.GetElapsedTime(timestamp));

    public void Add(TimeSpan duration)
    {
        lock (_gate)
        {
            _values.Add(duration.TotalMilliseconds);
        }
    }

    /// <summary>The value below which a share of all lies, 0 to 1 (nearest rank).</summary>
    public double Percentile(double share)
    {
        lock (_gate)
        {
            return _values.Count == 0 ? double.NaN : _values.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(share * _values.Count) - 1));
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"p50 {Percentile(0.5):F2} ms, p99 {Percentile(0.99):F2} ms, worst {Percentile(1):F1} ms of {Count}");
}
