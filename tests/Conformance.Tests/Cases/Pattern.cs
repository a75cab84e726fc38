using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Wego.Conformance;

/// <summary>JSON that stands for a set of JSON values: <c>(any)</c> within a text stands for one or more characters.</summary>
internal static class Pattern
{
    private const string Any = "(any)";

    /// <summary>Where a value is not as the pattern wants it, as <c>path: what</c>.</summary>
    /// <param name="pattern">What is wanted; a null in it stands for what must not be there.</param>
    /// <param name="actual">What there is.</param>
    /// <param name="exact">Whether objects may have no more members than the pattern; otherwise they may.</param>
    public static IReadOnlyList<string> Differences(JsonNode? pattern, JsonNode? actual, bool exact) => [.. Compare("$", pattern, actual, exact)];

    /// <summary>Whether a text is as wanted.</summary>
    public static bool Matches(string pattern, string actual) => pattern.Contains(Any, StringComparison.Ordinal)
        ? Regex.IsMatch(actual, "^" + Regex.Escape(pattern).Replace(Regex.Escape(Any), ".+", StringComparison.Ordinal) + "$", RegexOptions.Singleline, TimeSpan.FromSeconds(1))
        : pattern == actual;

    private static IEnumerable<string> Compare(string path, JsonNode? pattern, JsonNode? actual, bool exact) => (pattern, actual) switch
    {
        (null, null) => [],
        (JsonObject p, null) when !exact && p.Count > 0 && p.All(member => Compare(path, member.Value, null, exact).FirstOrDefault() is null) => [],
        (null, _) => [$"{path}: there is {actual!.ToJsonString()} where nothing is expected"],
        (_, null) => [$"{path}: nothing where {pattern.ToJsonString()} is expected"],
        (JsonObject p, JsonObject a) => Members(path, p, a, exact),
        (JsonArray p, JsonArray a) when p.Count == a.Count => p.Zip(a).SelectMany((pair, i) => Compare($"{path}[{i}]", pair.First, pair.Second, exact)),
        (JsonValue p, JsonValue a) when Equal(p, a) => [],
        _ => [$"{path}: {actual.ToJsonString()} instead of {pattern.ToJsonString()}"],
    };

    private static IEnumerable<string> Members(string path, JsonObject pattern, JsonObject actual, bool exact)
    {
        var names = exact ? pattern.Select(m => m.Key).Union(actual.Select(m => m.Key)) : pattern.Select(m => m.Key);
        return names.SelectMany(name => Compare($"{path}.{name}", pattern[name], actual[name], exact));
    }

    private static bool Equal(JsonValue pattern, JsonValue actual) =>
        pattern.GetValueKind() == JsonValueKind.String && actual.GetValueKind() == JsonValueKind.String
            ? Matches(pattern.GetValue<string>(), actual.GetValue<string>())
            : JsonNode.DeepEquals(pattern, actual);
}
