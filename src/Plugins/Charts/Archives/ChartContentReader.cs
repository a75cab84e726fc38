using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Wego.Plugins.Charts;

/// <summary>Makes the content of a package of the files of its chart.</summary>
internal static class ChartContentReader
{
    private const int MaxDepth = 64;

    public static PackageContent Read(ChartFiles files)
    {
        var chart = files.Find("Chart.yaml")
            ?? throw new ChartException(ChartFailure.MalformedArchive, "The archive has no Chart.yaml, so it is no chart.");
        var metadata = ReadMetadata(chart);
        ReadRequirements(files.Find("requirements.yaml"), metadata);
        var notes = ImmutableArray.CreateBuilder<string>();
        return new PackageContent
        {
            Name = metadata.Name,
            Version = metadata.Version,
            AppVersion = metadata.AppVersion,
            ShortDescription = metadata.Description,
            IconUrl = metadata.Icon,
            HomeUrl = metadata.Home,
            Sources = [.. metadata.Sources],
            Maintainers = [.. metadata.Maintainers],
            Categories = [metadata.Category],
            Dependencies = [.. metadata.Dependencies!.Distinct(StringComparer.Ordinal)],
            Readme = Text(files.Find("README.md")),
            DefaultValues = Text(files.Find("values.yaml")),
            AdditionalDefaultValues = files.AdditionalValues().ToImmutableSortedDictionary(f => f.Key, f => Text(f.Value), StringComparer.Ordinal),
            ValuesSchema = Schema(files.Find("values.schema.json"), notes),
            Notes = notes.DrainToImmutable(),
        };
    }

    /// <summary>Reads a Chart.yaml, or the same as JSON.</summary>
    /// <exception cref="ChartException">It is broken, or name or version is missing.</exception>
    public static ChartEntry ReadMetadata(ReadOnlyMemory<byte> content)
    {
        var entry = new ChartEntry { Dependencies = [] };
        try
        {
            NodeReader reader = content.Span.TrimStart(" \t\r\n"u8).StartsWith("{"u8)
                ? new JsonNodeReader(content, MaxDepth)
                : new YamlNodeReader(content.OpenRead(), MaxDepth);
            reader.Read();
            ChartEntryReader.Read(reader, entry);
        }
        catch (ChartIndexException e)
        {
            throw new ChartException(ChartFailure.MalformedArchive, $"The chart's metadata (Chart.yaml) is broken at line {e.Line}, column {e.Column}.", e);
        }

        if (entry.Problem is null && entry.Name.Length == 0)
        {
            entry.Problem = "name is missing";
        }

        return entry.Problem is { } problem
            ? throw new ChartException(ChartFailure.MalformedArchive, $"The chart's metadata (Chart.yaml) is broken: {problem}.")
            : entry;
    }

    // Charts of apiVersion v1 keep their dependencies in a file of their own. Broken, it hides names only.
    private static void ReadRequirements(byte[]? content, ChartEntry metadata)
    {
        if (content is null)
        {
            return;
        }

        try
        {
            var entry = new ChartEntry { Dependencies = metadata.Dependencies };
            var reader = new YamlNodeReader(new MemoryStream(content, writable: false), MaxDepth);
            reader.Read();
            if (reader.Kind != NodeKind.MappingStart)
            {
                return;
            }

            reader.Read();
            while (reader.Kind != NodeKind.MappingEnd)
            {
                _ = reader.TryTakeText(out var key);
                if (key == "dependencies")
                {
                    ChartEntryReader.ReadDependencies(reader, entry, metadata.Dependencies!);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        catch (ChartIndexException)
        {
            metadata.Dependencies!.Clear();
        }
    }

    private static string Schema(byte[]? content, ImmutableArray<string>.Builder notes)
    {
        var text = Text(content);
        if (text.Length == 0)
        {
            return "";
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return text;
        }
        catch (JsonException e)
        {
            notes.Add($"values.schema.json is left out: it is no valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}).");
            return "";
        }
    }

    private static string Text(byte[]? content)
    {
        var bytes = content.AsSpan();
        return Encoding.UTF8.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes);
    }
}
