using System.Globalization;
using Wego.Perf.Api;
using Wego.Perf.Formats;

namespace Wego.Perf.Cluster.Benchmarks;

/// <summary>A grain call in one process, on both runtimes by turns: the same program, built twice.</summary>
internal static class GrainCall
{
    private const int Turns = 3;

    private static readonly string[] s_compared = ["reference", "reference-message", "reference-in-flight"];

    public static async IAsyncEnumerable<Result> RunAsync()
    {
        string[] builds = OrleansBuilds.CallsMissing is null ? [InProcess, OrleansBuilds.Calls] : [InProcess];
        var measured = new Dictionary<(string Runtime, string Way), List<(double Nanoseconds, double Bytes)>>();
        for (var turn = 0; turn < Turns; turn++)
        {
            foreach (var build in builds)
            {
                foreach (var (key, value) in await MeasureAsync(build))
                {
                    measured.TryAdd(key, []);
                    measured[key].Add(value);
                }
            }
        }

        foreach (var ((runtime, way), values) in measured)
        {
            yield return new Result($"grain call, {runtime}: {Describe(way)}", FormattableString.Invariant($"{Median(values):F0} ns, {values[0].Bytes:F0} bytes allocated (median of {values.Count} processes)"));
        }

        foreach (var way in s_compared)
        {
            var what = $"grain call, InProcess beside Orleans: {Describe(way)}";
            if (OrleansBuilds.CallsMissing is { } missing)
            {
                yield return Result.Skipped(what, missing);
                continue;
            }

            yield return Result.Ratio(what, Median(measured[("InProcess", way)]), Median(measured[("Orleans", way)]), most: 1);
        }
    }

    // Beside this program, in the same configuration.
    private static string InProcess
    {
        get
        {
            var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Path.Combine(here.Parent!.Parent!.Parent!.Parent!.FullName, "GrainCalls", "bin", here.Parent.Name, here.Name, "Wego.Perf.GrainCalls.dll");
        }
    }

    private static string Describe(string way) => way switch
    {
        "direct" => "method of an object, number answered",
        "reference" => "reference, number answered",
        "direct-message" => "method of an object, message each way",
        "reference-message" => "reference, message each way",
        "reference-in-flight" => "reference, message each way, 32 at a time",
        _ => way,
    };

    private static double Median(List<(double Nanoseconds, double Bytes)> values) => values.Select(v => v.Nanoseconds).Order().ElementAt(values.Count / 2);

    private static async Task<List<KeyValuePair<(string Runtime, string Way), (double Nanoseconds, double Bytes)>>> MeasureAsync(string assembly)
    {
        var output = await ChildProcess.ReadAsync("dotnet", assembly);
        return
        [
            .. output.Split('\n').Select(l => l.Split(' ')).Where(l => l is [_, _, _, "ns", _, "B"]).Select(l => KeyValuePair.Create(
                (l[0], l[1]), (double.Parse(l[2], CultureInfo.InvariantCulture), double.Parse(l[4], CultureInfo.InvariantCulture)))),
        ];
    }
}
