// Several replicas and the grain runtimes, measured against what they must reach; replicas are processes with Orleans.
// Arguments: the benchmarks to run; none for all.
using Wego.Perf.Api;
using Wego.Perf.Cluster.Benchmarks;

Dictionary<string, Func<IAsyncEnumerable<Result>>> benchmarks = new(StringComparer.Ordinal)
{
    ["calls"] = GrainCall.RunAsync,
    ["page"] = RemotePage.RunAsync,
    ["memory"] = ThreeSilosMemory.RunAsync,
    ["directory"] = DirectoryReads.RunAsync,
};
var chosen = args.Length == 0 ? [.. benchmarks.Keys] : args.Where(benchmarks.ContainsKey).ToArray();
if (chosen.Length == 0)
{
    Console.Error.WriteLine($"Usage: dotnet run -c Release --project perf/Cluster -- [{string.Join("|", benchmarks.Keys)}]...");
    return 2;
}

Console.WriteLine($"| Benchmark | Measured | Must reach | |{Environment.NewLine}|---|---|---|---|");
foreach (var name in chosen)
{
    await foreach (var result in benchmarks[name]())
    {
        Console.WriteLine(result);
    }
}

return 0;
