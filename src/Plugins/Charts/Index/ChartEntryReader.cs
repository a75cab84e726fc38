using System.Globalization;
using System.Runtime.InteropServices;

namespace Wego.Plugins.Charts;

/// <summary>Reads one entry of an index: the fields of a Chart.yaml, and where the archive is.</summary>
internal static class ChartEntryReader
{
    /// <summary>Reads the entry that the reader is on. What is wrong with it is left in <see cref="ChartEntry.Problem"/>.</summary>
    public static void Read(NodeReader reader, ChartEntry entry)
    {
        entry.Clear();
        entry.Line = reader.Line;
        if (reader.Kind != NodeKind.MappingStart)
        {
            entry.Problem = "the entry is no mapping";
            reader.Skip();
            return;
        }

        reader.Read();
        while (reader.Kind != NodeKind.MappingEnd)
        {
            if (reader.TryTakeText(out var key))
            {
                ReadField(reader, entry, key);
            }
            else
            {
                reader.Skip();
            }
        }

        reader.Read();
        if (entry.Version.Length == 0)
        {
            entry.Problem ??= "version is missing";
        }
    }

    private static void ReadField(NodeReader reader, ChartEntry entry, string key)
    {
        switch (key)
        {
            case "name":
                entry.Name = Text(reader, entry, key);
                break;
            case "version":
                entry.Version = Text(reader, entry, key);
                break;
            case "appVersion":
                entry.AppVersion = Text(reader, entry, key);
                break;
            case "description":
                entry.Description = Text(reader, entry, key);
                break;
            case "icon":
                entry.Icon = Text(reader, entry, key);
                break;
            case "home":
                entry.Home = Text(reader, entry, key);
                break;
            case "deprecated":
                entry.Deprecated = Text(reader, entry, key).Equals("true", StringComparison.OrdinalIgnoreCase);
                break;
            case "created":
                entry.Created = Time(Text(reader, entry, key));
                break;
            case "digest":
                entry.Digest = ContentDigest.TryParse(Text(reader, entry, key), out var digest) ? digest : null;
                break;
            case "keywords":
                ReadTexts(reader, entry, key, entry.Keywords);
                break;
            case "sources":
                ReadTexts(reader, entry, key, entry.Sources);
                break;
            case "urls":
                ReadTexts(reader, entry, key, entry.Urls);
                if (CollectionsMarshal.AsSpan(entry.Urls).ContainsControlCharacter())
                {
                    entry.Problem ??= "urls has an address with a control character";
                }

                break;
            case "maintainers":
                ReadMaintainers(reader, entry);
                break;
            case "dependencies" when entry.Dependencies is { } dependencies:
                ReadDependencies(reader, entry, dependencies);
                break;
            case "annotations":
                ReadAnnotations(reader, entry);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static string Text(NodeReader reader, ChartEntry entry, string field)
    {
        var shape = reader.Kind;
        if (!reader.TryTakeText(out var text))
        {
            entry.Problem ??= shape == NodeKind.Alias ? $"{field} is a YAML alias, which is not supported" : $"{field} is no text";
        }

        return text;
    }

    private static void ReadTexts(NodeReader reader, ChartEntry entry, string field, List<string> texts)
    {
        if (!EnterSequence(reader, entry, field))
        {
            return;
        }

        while (reader.Kind != NodeKind.SequenceEnd)
        {
            if (Text(reader, entry, field) is { Length: > 0 } text)
            {
                texts.Add(text);
            }
        }

        reader.Read();
    }

    private static void ReadMaintainers(NodeReader reader, ChartEntry entry)
    {
        if (!EnterSequence(reader, entry, "maintainers"))
        {
            return;
        }

        while (reader.Kind != NodeKind.SequenceEnd)
        {
            if (reader.Kind != NodeKind.MappingStart)
            {
                entry.Problem ??= "maintainers has an element that is no mapping";
                reader.Skip();
            }
            else if (ReadMaintainer(reader, entry) is { } maintainer)
            {
                entry.Maintainers.Add(maintainer);
            }
        }

        reader.Read();
    }

    // One without a name cannot be shown; that is no reason to withhold the chart.
    private static CatalogueMaintainer? ReadMaintainer(NodeReader reader, ChartEntry entry)
    {
        var (name, email, url) = ("", "", "");
        reader.Read();
        while (reader.Kind != NodeKind.MappingEnd)
        {
            _ = reader.TryTakeText(out var key);
            switch (key)
            {
                case "name":
                    name = Text(reader, entry, "maintainers.name");
                    break;
                case "email":
                    email = Text(reader, entry, "maintainers.email");
                    break;
                case "url":
                    url = Text(reader, entry, "maintainers.url");
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Read();
        return name.Length == 0 ? null : new CatalogueMaintainer(name, email, url);
    }

    /// <summary>Reads the names out of a list of dependencies.</summary>
    public static void ReadDependencies(NodeReader reader, ChartEntry entry, List<string> names)
    {
        if (!EnterSequence(reader, entry, "dependencies"))
        {
            return;
        }

        while (reader.Kind != NodeKind.SequenceEnd)
        {
            if (reader.Kind != NodeKind.MappingStart)
            {
                reader.Skip();
                continue;
            }

            reader.Read();
            while (reader.Kind != NodeKind.MappingEnd)
            {
                _ = reader.TryTakeText(out var key);
                if (key == "name" && Text(reader, entry, "dependencies.name") is { Length: > 0 } name)
                {
                    names.Add(name);
                }
                else if (key != "name")
                {
                    reader.Skip();
                }
            }

            reader.Read();
        }

        reader.Read();
    }

    private static void ReadAnnotations(NodeReader reader, ChartEntry entry)
    {
        if (reader.Kind != NodeKind.MappingStart)
        {
            reader.Skip();
            return;
        }

        reader.Read();
        while (reader.Kind != NodeKind.MappingEnd)
        {
            _ = reader.TryTakeText(out var key);
            if (key == "category")
            {
                entry.Category = Text(reader, entry, "annotations.category");
            }
            else
            {
                reader.Skip();
            }
        }

        reader.Read();
    }

    private static bool EnterSequence(NodeReader reader, ChartEntry entry, string field)
    {
        if (reader.Kind == NodeKind.SequenceStart)
        {
            reader.Read();
            return true;
        }

        if (!reader.TryTakeText(out var text) || text.Length > 0)
        {
            entry.Problem ??= $"{field} is no list";
        }

        return false;
    }

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static bool ContainsControlCharacter(this Span<string> texts)
    {
        foreach (var text in texts)
        {
            if (text.AsSpan().ContainsAnyInRange('\0', '\u001f'))
            {
                return true;
            }
        }

        return false;
    }
}
