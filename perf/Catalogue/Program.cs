// Catalogue of a repository index, from bytes to searchable, against YamlDotNet's event parser reading and discarding the
// same bytes. Both are measured in one process, by turns, so that only the ratio matters and not the machine.
using System.Diagnostics;
using System.Globalization;
using Wego.Perf.Catalogue;
using Wego.Plugins;
using Wego.Plugins.Charts;

var path = args.Length > 0 ? args[0] : IndexFile.Find("bitnami-index.yaml.xz");
if (path is null)
{
    Console.Error.WriteLine("No index found. Give one: dotnet run -c Release --project perf/Catalogue -- <index.yaml or index.yaml.xz> [rounds]");
    return 2;
}

var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 7;
var content = await IndexFile.ReadAsync(path);
var (ratios, bare, whole) = (new List<double>(), new List<double>(), new List<double>());
for (var round = -1; round < rounds; round++)
{
    var discard = Measure(() => EventParser.Discard(content));
    var catalogue = Measure(() => ChartIndexParser.Parse(content, ChartIndexLimits.Default, CancellationToken.None).Catalogue.Search(new CatalogueQuery { Text = "sql" }).Packages.Length);
    if (round >= 0)
    {
        bare.Add(discard);
        whole.Add(catalogue);
        ratios.Add(catalogue / discard);
    }
}

var before = GC.GetTotalMemory(forceFullCollection: true);
var index = ChartIndexParser.Parse(content, ChartIndexLimits.Default, CancellationToken.None);
var retained = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"index            {content.Length / 1e6:F1} MB, {index.Catalogue.Packages.Length} charts, {index.Catalogue.VersionCount} versions, {index.SkippedEntries} entries skipped"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"event parser     {Median(bare) * 1000:F0} ms (median of {rounds})"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"catalogue        {Median(whole) * 1000:F0} ms"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio            {Median(ratios):F2} (at most 2.0), from {ratios.Min():F2} to {ratios.Max():F2}"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"retained         {retained:F1} MB (at most 40)"));
GC.KeepAlive(index);
return Median(ratios) <= 2.0 && retained <= 40 ? 0 : 1;

static double Measure<T>(Func<T> work)
{
    GC.Collect();
    var start = Stopwatch.GetTimestamp();
    _ = work();
    return Stopwatch.GetElapsedTime(start).TotalSeconds;
}

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
