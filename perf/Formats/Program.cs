// Helm and Carvel, measured by gRPC against what they must reach; Wego runs as a process of its own.
// Arguments: the benchmarks to run; none for all.
using Wego.Perf.Api;
using Wego.Perf.Formats;
using Wego.Perf.Formats.Benchmarks;

if (args is [BareList.Argument, var kubeconfig])
{
    await BareList.RunAsync(kubeconfig);
    return 0;
}

Dictionary<string, Func<IAsyncEnumerable<Result>>> benchmarks = new(StringComparer.Ordinal)
{
    ["releases"] = ReleaseList.RunAsync,
    ["carvel"] = CarvelSearch.RunAsync,
    ["install"] = HelmInstall.RunAsync,
};
var chosen = args.Length == 0 ? [.. benchmarks.Keys] : args.Where(benchmarks.ContainsKey).ToArray();
if (chosen.Length == 0)
{
    Console.Error.WriteLine($"Usage: dotnet run -c Release --project perf/Formats -- [{string.Join("|", benchmarks.Keys)}]...");
    return 2;
}

await PublishedWego.PublishAsync();
Console.WriteLine($"| Benchmark | Measured | Must reach | |{Environment.NewLine}|---|---|---|---|");
foreach (var name in chosen)
{
    await foreach (var result in benchmarks[name]())
    {
        Console.WriteLine(result);
    }
}

return 0;
