// The whole server on a sandbox in this process, measured by gRPC over loopback against what it must reach.
// Arguments: the benchmarks to run (search, installed, events, watchers, tenants; none for all) and "--seconds N" for how long each
// applies load.
using System.Globalization;
using Wego.Perf.Api;
using Wego.Perf.Api.Benchmarks;

Dictionary<string, Benchmark> benchmarks = new(StringComparer.Ordinal)
{
    ["search"] = CatalogueSearch.RunAsync,
    ["installed"] = InstalledList.RunAsync,
    ["events"] = ReleaseEvents.RunAsync,
    ["watchers"] = SharedWatches.RunAsync,
    ["tenants"] = NoisyNeighbour.RunAsync,
};
var at = Array.IndexOf(args, "--seconds");
var seconds = at >= 0 && at + 1 < args.Length ? double.Parse(args[at + 1], CultureInfo.InvariantCulture) : 15;
var chosen = args.Where((_, i) => at < 0 || (i != at && i != at + 1)).DefaultIfEmpty().ToArray() is [null] ? [.. benchmarks.Keys] : args.Where(benchmarks.ContainsKey).ToArray();
if (chosen.Length == 0)
{
    Console.Error.WriteLine($"Usage: dotnet run -c Release --project perf/Api -- [{string.Join("|", benchmarks.Keys)}]... [--seconds N]");
    return 2;
}

await using var server = await MeasuredServer.StartAsync();
Console.WriteLine($"| Benchmark | Measured | Must reach | |{Environment.NewLine}|---|---|---|---|");
foreach (var name in chosen)
{
    await foreach (var result in benchmarks[name](server, TimeSpan.FromSeconds(seconds)))
    {
        Console.WriteLine(result);
    }
}

return 0;
