namespace Wego.Perf.Api;

/// <summary>Measures one thing.</summary>
/// <param name="server">What is measured; benchmarks leave their objects in its cluster.</param>
/// <param name="duration">For how long to apply load.</param>
internal delegate IAsyncEnumerable<Result> Benchmark(MeasuredServer server, TimeSpan duration);
