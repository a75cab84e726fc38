using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Wego.Chart.Tests;

/// <summary>Defaults, schema and README tell the same.</summary>
public sealed partial class ValuesTests
{
    private const string Begin = "<!-- values -->\n";
    private const string End = "<!-- end of values -->\n";

    [Fact]
    public void TheSchemaKnowsEveryValueAndNoOther()
    {
        var values = Leaves(WegoChart.Values(), WegoChart.Schema()).Select(l => l.Key);
        values.ShouldBe(Described(WegoChart.Schema(), "").Select(d => d.Key).Where(k => k != "global"), ignoreOrder: true);
    }

    [Fact]
    public void TheSchemaIsStrictWhereItNamesProperties() => Strict(WegoChart.Schema(), "");

    [Fact]
    public void TheReadmeListsEveryValue()
    {
        var path = Path.Combine(WegoChart.Folder, "README.md");
        var readme = File.ReadAllText(path);
        var begin = readme.IndexOf(Begin, StringComparison.Ordinal);
        var end = readme.IndexOf(End, StringComparison.Ordinal);
        begin.ShouldBeGreaterThan(0);
        end.ShouldBeGreaterThan(begin);
        Cases.Verify(path, readme[..(begin + Begin.Length)] + Table() + readme[end..]);
    }

    [Fact]
    public void TheOperatorsGuideNamesValuesThatThereAre()
    {
        var values = WegoChart.Values();
        var named = ValueName().Matches(File.ReadAllText(Path.Combine(TestPaths.Root, "docs", "operations.md")))
            .Select(m => m.Groups["name"].Value)
            .Where(n => values.ContainsKey(n.Split('.')[0]))
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        named.Length.ShouldBeGreaterThan(10);
        foreach (var name in named)
        {
            JsonNode node = values;
            foreach (var part in name.Split('.').TakeWhile(p => p != "*"))
            {
                // What is below them is Wego's and .NET's own.
                if (node == values["settings"] || node == values["logging"])
                {
                    break;
                }

                node.ShouldBeOfType<JsonObject>(name).ContainsKey(part).ShouldBeTrue(name);
                node = node[part]!;
            }
        }
    }

    [Fact]
    public void TheOperatorsGuideTellsWhatToDoAboutEveryAlert()
    {
        var guide = File.ReadAllText(Path.Combine(TestPaths.Root, "docs", "operations.md"));
        var alerts = Alert().Matches(File.ReadAllText(Path.Combine(TestPaths.Root, "deploy", "observability", "alerts.yaml"))).Select(m => m.Groups["name"].Value).ToArray();
        alerts.ShouldNotBeEmpty();
        alerts.Where(a => !guide.Contains($"`{a}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [GeneratedRegex(@"- alert: (?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Alert();

    [GeneratedRegex(@"(`|--set )(?<name>[a-zA-Z]+(\.[a-zA-Z]+)*(\.\*)?)[`=]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ValueName();

    private static string Table()
    {
        var meanings = Described(WegoChart.Schema(), "").ToDictionary(d => d.Key, d => d.Meaning, StringComparer.Ordinal);
        var table = new StringBuilder("| Value | Default | Meaning |\n|---|---|---|\n");
        foreach (var (key, value) in Leaves(WegoChart.Values(), WegoChart.Schema()))
        {
            var text = value?.ToJsonString(Readable) ?? "null";
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{key}` | {(text == "\"\"" ? "" : $"`{text}`")} | {meanings[key]} |\n");
        }

        return table.ToString();
    }

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // A value of its own is what the schema describes; an object that it does not describe is a group of values.
    private static IEnumerable<(string Key, JsonNode? Value)> Leaves(JsonObject values, JsonObject schema, string prefix = "")
    {
        foreach (var (key, value) in values)
        {
            var inner = schema["properties"]?[key] as JsonObject;
            inner.ShouldNotBeNull($"values.schema.json does not know {prefix}{key}.");
            if (inner["description"] is null && value is JsonObject group)
            {
                foreach (var leaf in Leaves(group, inner, $"{prefix}{key}."))
                {
                    yield return leaf;
                }
            }
            else
            {
                yield return (prefix + key, value);
            }
        }
    }

    private static IEnumerable<(string Key, string Meaning)> Described(JsonObject schema, string prefix)
    {
        foreach (var (key, node) in schema["properties"]!.AsObject())
        {
            var inner = node!.AsObject();
            if (inner["description"]?.GetValue<string>() is { } meaning)
            {
                yield return (prefix + key, meaning);
            }
            else
            {
                foreach (var leaf in Described(inner, $"{prefix}{key}."))
                {
                    yield return leaf;
                }
            }
        }
    }

    private static void Strict(JsonObject schema, string path)
    {
        if (schema["properties"] is JsonObject properties)
        {
            schema["additionalProperties"]?.GetValue<bool>().ShouldBeFalse(path);
            schema["additionalProperties"].ShouldNotBeNull($"{path} takes properties that nobody knows.");
            foreach (var (key, inner) in properties)
            {
                Strict(inner!.AsObject(), $"{path}.{key}");
            }
        }
        else if (schema["items"] is JsonObject items)
        {
            Strict(items, $"{path}[]");
        }
    }
}
