using System.Globalization;
using System.Text.Json;

namespace Wego.Sandbox.Tables;

/// <summary>
/// The part of Kubernetes' JSONPath that printer columns use: names, quoted names, indexes and
/// <c>[?(@.field=="value")]</c>. Yields the first match.
/// </summary>
internal sealed class JsonPath
{
    private readonly List<Step> _steps = [];

    public static JsonPath Parse(string text)
    {
        var path = new JsonPath();
        var i = 0;
        while (i < text.Length)
        {
            switch (text[i])
            {
                case '.':
                    i++;
                    break;
                case '[':
                    var close = text.IndexOf(']', i);
                    if (close < 0)
                    {
                        return path;
                    }

                    path._steps.Add(Bracket(text[(i + 1)..close]));
                    i = close + 1;
                    break;
                default:
                    var name = new System.Text.StringBuilder();
                    while (i < text.Length && text[i] is not ('.' or '['))
                    {
                        // A backslash keeps a dot inside a name, as in .metadata.annotations.example\.com/x.
                        if (text[i] == '\\' && i + 1 < text.Length)
                        {
                            i++;
                        }

                        name.Append(text[i++]);
                    }

                    path._steps.Add(new Step(name.ToString(), null, null));
                    break;
            }
        }

        return path;
    }

    public JsonElement? Find(JsonElement root)
    {
        var current = root;
        foreach (var step in _steps)
        {
            if (Follow(current, step) is not { } next)
            {
                return null;
            }

            current = next;
        }

        return current;
    }

    private static Step Bracket(string inside)
    {
        if (inside.StartsWith("?(@.", StringComparison.Ordinal) && inside.IndexOf("==", StringComparison.Ordinal) is > 0 and var at)
        {
            return new Step(inside[4..at].Trim(), null, inside[(at + 2)..].TrimEnd(')').Trim().Trim('"', '\''));
        }

        return int.TryParse(inside, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)
            ? new Step("", index, null)
            : new Step(inside.Trim('"', '\''), inside is "*" ? 0 : null, null);
    }

    private static JsonElement? Follow(JsonElement current, Step step)
    {
        if (step.Wanted is { } wanted)
        {
            if (current.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            foreach (var item in current.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty(step.Name, out var value)
                    && string.Equals(value.ToString(), wanted, StringComparison.Ordinal))
                {
                    return item;
                }
            }

            return null;
        }

        if (step.Index is { } index)
        {
            if (current.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            var length = current.GetArrayLength();
            index = index < 0 ? length + index : index;
            return index >= 0 && index < length ? current[index] : null;
        }

        return current.ValueKind == JsonValueKind.Object && current.TryGetProperty(step.Name, out var found) ? found : null;
    }

    private sealed record Step(string Name, int? Index, string? Wanted);
}
