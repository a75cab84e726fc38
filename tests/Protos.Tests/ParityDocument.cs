using System.Text.RegularExpressions;

namespace Wego.Protos.Tests;

/// <summary>Reads the tables of the parity document into the lines that <see cref="DescriptorContract"/> writes.</summary>
internal sealed partial class ParityDocument
{
    private readonly Dictionary<string, string> _named = new(StringComparer.Ordinal);
    private readonly List<(string Package, string[] Lines)> _files = [];

    public ParityDocument(string text)
    {
        var catalogue = text[text.IndexOf("### 1.3", StringComparison.Ordinal)..text.IndexOf("### 1.4", StringComparison.Ordinal)];
        foreach (var part in catalogue.Split("#### File ").Skip(1))
        {
            var lines = part.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var package = FileHeading().Match(lines[0]).Groups["package"].Value;
            _files.Add((package, lines));
            foreach (var type in lines.Select(line => TypeHeading().Match(line)).Where(match => match.Success))
            {
                var name = type.Groups["name"].Value;
                _named[package + "." + name] = package + "." + name;
            }
        }
    }

    public IEnumerable<string> Lines() => _files.SelectMany(file => Lines(file.Package, file.Lines));

    private IEnumerable<string> Lines(string package, string[] lines)
    {
        var heading = FileHeading().Match(lines[0]);
        yield return $"file {heading.Groups["path"].Value} package {package}";
        string owner = package;
        foreach (var line in lines)
        {
            if (ServiceHeading().Match(line) is { Success: true } service)
            {
                owner = service.Groups["name"].Value;
            }
            else if (Rpc().Match(line) is { Success: true } rpc)
            {
                yield return $"rpc {owner}.{rpc.Groups["name"].Value} {rpc.Groups["kind"].Value} {Resolve(owner, rpc.Groups["in"].Value)} " +
                    $"{Resolve(owner, rpc.Groups["out"].Value)} {Binding(rpc.Groups["http"].Value)}";
            }
            else if (TypeHeading().Match(line) is { Success: true } type)
            {
                owner = package + "." + type.Groups["name"].Value;
                if (type.Groups["what"].Value == "message")
                {
                    yield return "message " + owner;
                    continue;
                }

                foreach (var value in type.Groups["rest"].Value.TrimStart(':').Split(';', StringSplitOptions.TrimEntries))
                {
                    yield return $"value {owner}.{value}";
                }
            }
            else if (Field().Match(line) is { Success: true } field)
            {
                var oneof = field.Groups["oneof"] is { Success: true } group ? $" oneof {group.Value}" : "";
                yield return $"field {owner}.{field.Groups["name"].Value} = {field.Groups["number"].Value} {FieldType(owner, field.Groups["type"].Value)}{oneof}";
            }
        }
    }

    private static string Binding(string http) => http == "none" ? http : http.Replace("`", "").Replace(", body", " body");

    private string FieldType(string scope, string type) => Word().Replace(type, word => Resolve(scope, word.Value));

    /// <summary>Finds a type as protobuf does: in the innermost scope that has it.</summary>
    private string Resolve(string scope, string name)
    {
        for (var outer = scope; outer.Contains('.'); outer = outer[..outer.LastIndexOf('.')])
        {
            if (_named.TryGetValue(outer + "." + name, out var full))
            {
                return full;
            }
        }

        return name;
    }

    [GeneratedRegex("^`(?<path>[^`]+)` — package `(?<package>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex FileHeading();

    [GeneratedRegex(@"^\*\*service `(?<name>[^`]+)`\*\*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ServiceHeading();

    [GeneratedRegex(@"^\*\*(?<what>message|enum) `(?<name>[^`]+)`\*\*(?<rest>.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TypeHeading();

    [GeneratedRegex(@"^\| (?<name>\w+) \| (?<kind>unary|server-streaming) \| `(?<in>[^`]+)` → `(?<out>[^`]+)` \| (?<http>.+) \|$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Rpc();

    [GeneratedRegex(@"^- (?<name>\w+) = \*\*(?<number>\d+)\*\* : `(?<type>[^`]+)`(?: — oneof `(?<oneof>\w+)`)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Field();

    [GeneratedRegex(@"[\w.]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Word();
}
