using System.Collections.Immutable;

namespace Wego.Plugins.Charts;

/// <summary>One pass over an index.</summary>
internal sealed class ChartIndexReading(NodeReader reader, ChartIndexLimits limits, CancellationToken cancellationToken)
{
    private readonly List<CataloguePackage> _packages = [];
    private readonly ImmutableArray<ChartIndexProblem>.Builder _problems = ImmutableArray.CreateBuilder<ChartIndexProblem>();
    private readonly StringPool _strings = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _skipped;
    private int _entries;
    private int _deprecated;

    public ChartIndex Run()
    {
        reader.Read();
        if (reader.Kind == NodeKind.End)
        {
            throw new ChartIndexException(ChartFailure.MalformedIndex, 0, 0, "it is empty.");
        }

        if (reader.Kind != NodeKind.MappingStart)
        {
            throw reader.Fail(ChartFailure.MalformedIndex, "it has to be a mapping with apiVersion and entries.");
        }

        var apiVersion = "";
        reader.Read();
        while (reader.Kind != NodeKind.MappingEnd)
        {
            _ = reader.TryTakeText(out var key);
            switch (key)
            {
                case "apiVersion":
                    _ = reader.TryTakeText(out apiVersion);
                    break;
                case "entries":
                    ReadEntries();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (apiVersion.Length == 0)
        {
            throw new ChartIndexException(ChartFailure.MalformedIndex, 0, 0, "apiVersion is missing, so it is no index of a Helm repository.");
        }

        return new ChartIndex
        {
            Catalogue = Catalogue.Create(_packages),
            ChartsRead = _seen.Count,
            EntriesRead = _entries,
            DeprecatedCharts = _deprecated,
            SkippedEntries = _skipped,
            Problems = _problems.DrainToImmutable(),
        };
    }

    private void ReadEntries()
    {
        if (reader.Kind != NodeKind.MappingStart)
        {
            var (line, column) = (reader.Line, reader.Column);
            if (!reader.TryTakeText(out var text) || text.Length > 0)
            {
                throw new ChartIndexException(ChartFailure.MalformedIndex, line, column, "entries has to be a mapping from chart names to versions.");
            }

            return;
        }

        var assembler = new ChartAssembler(_strings);
        reader.Read();
        while (reader.Kind != NodeKind.MappingEnd)
        {
            var line = reader.Line;
            if (reader.TryTakeText(out var name) && name.Length > 0 && _seen.Add(name))
            {
                ReadChart(assembler, name);
            }
            else
            {
                Report(name, line, name.Length == 0 ? "the chart has no name" : "the chart is listed twice; the first one counts");
                reader.Skip();
            }
        }

        reader.Read();
    }

    private void ReadChart(ChartAssembler assembler, string name)
    {
        if (_seen.Count > limits.MaxCharts)
        {
            throw reader.Fail(ChartFailure.TooLarge, $"it has more than {limits.MaxCharts} charts.");
        }

        if (reader.Kind != NodeKind.SequenceStart)
        {
            var line = reader.Line;
            if (!reader.TryTakeText(out var text) || text.Length > 0)
            {
                Report(name, line, "the versions are no list");
            }

            return;
        }

        assembler.Clear();
        reader.Read();
        while (reader.Kind != NodeKind.SequenceEnd)
        {
            ReadEntry(assembler, name);
        }

        reader.Read();
        if (assembler.Count == 0)
        {
            return;
        }

        var package = assembler.Build(name);
        if (package.Deprecated)
        {
            _deprecated++;
        }
        else
        {
            _packages.Add(package);
        }
    }

    private void ReadEntry(ChartAssembler assembler, string name)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (++_entries > limits.MaxVersions)
        {
            throw reader.Fail(ChartFailure.TooLarge, $"it has more than {limits.MaxVersions} versions.");
        }

        ChartEntryReader.Read(reader, assembler.Next);
        if (assembler.Next.Problem is { } problem)
        {
            Report(name, assembler.Next.Line, problem);
        }
        else
        {
            assembler.Add();
        }
    }

    private void Report(string chart, long line, string reason)
    {
        _skipped++;
        if (_problems.Count < limits.MaxProblems)
        {
            _problems.Add(new ChartIndexProblem(chart, line, reason));
        }
    }
}
