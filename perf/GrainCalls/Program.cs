// A grain call in one process: through a reference, and as a method of an object.
// Arguments: [ROUNDS [SECONDS]]. Prints a line for each way: its name, nanoseconds for a call (the median of the rounds) and bytes allocated.
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wego.Perf.GrainCalls;

const int AtATime = 1024, InFlight = 32;
var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
var round = TimeSpan.FromSeconds(args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 0.2);

var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Logging.SetMinimumLevel(LogLevel.Error).AddSimpleConsole();
builder.UseOrleans(Runtime.Apply);
using var host = builder.Build();
await host.StartAsync();

var grain = host.Services.GetRequiredService<IClusterClient>().GetGrain<ICatalogueGrain>("default");
ICatalogueGrain direct = new CatalogueGrain();
var query = new Query("sql", 20);
using var source = new CancellationTokenSource();
var ways = new (string Name, Func<Task> Run)[]
{
    ("direct", () => CountAsync(direct)),
    ("reference", () => CountAsync(grain)),
    ("direct-message", () => FindAsync(direct)),
    ("reference-message", () => FindAsync(grain)),
    ("reference-in-flight", ManyAsync),
};

// Until what is used has been compiled for good.
foreach (var way in ways)
{
    await MeasureAsync(way.Run, TimeSpan.FromSeconds(0.7));
}

var measured = ways.ToDictionary(w => w.Name, _ => new List<(double Nanoseconds, double Bytes)>(), StringComparer.Ordinal);
for (var i = 0; i < rounds; i++)
{
    foreach (var way in ways)
    {
        measured[way.Name].Add(await MeasureAsync(way.Run, round));
    }
}

foreach (var (name, values) in measured)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Runtime.Name} {name} {Median(values.Select(v => v.Nanoseconds)):F1} ns {Median(values.Select(v => v.Bytes)):F0} B"));
}

await host.StopAsync();
return 0;

async Task CountAsync(ICatalogueGrain callee)
{
    for (var i = 0; i < AtATime; i++)
    {
        await callee.CountAsync(source.Token);
    }
}

async Task FindAsync(ICatalogueGrain callee)
{
    for (var i = 0; i < AtATime; i++)
    {
        await callee.FindAsync(query, source.Token);
    }
}

Task ManyAsync() => Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(async () =>
{
    for (var i = 0; i < AtATime / InFlight; i++)
    {
        await grain.FindAsync(query, source.Token);
    }
})));

static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

static async Task<(double Nanoseconds, double Bytes)> MeasureAsync(Func<Task> run, TimeSpan duration)
{
    var (start, allocated, calls) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes(), 0L);
    while (Stopwatch.GetElapsedTime(start) < duration)
    {
        await run();
        calls += AtATime;
    }

    return (Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls, (double)(GC.GetTotalAllocatedBytes() - allocated) / calls);
}
