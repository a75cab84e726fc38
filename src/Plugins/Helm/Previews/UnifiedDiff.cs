using System.Globalization;
using System.Text;

namespace Wego.Plugins.Helm;

/// <summary>The difference of two texts, line by line, in the unified format with three lines around each change.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    // The work grows with the number of differing lines squared; past this the whole middle is shown as replaced.
    private const int MaxEdits = 2000;

    /// <summary>The difference; empty where there is none.</summary>
    public static string Create(string before, string after)
    {
        var (a, b) = (Lines(before), Lines(after));
        var edits = Edits(a, b);
        var diff = new StringBuilder();
        for (var i = 0; i < edits.Count;)
        {
            if (edits[i].Sign == ' ')
            {
                i++;
                continue;
            }

            var start = Math.Max(0, i - Context);
            var end = i;
            for (var quiet = 0; end < edits.Count && quiet <= 2 * Context; end++)
            {
                quiet = edits[end].Sign == ' ' ? quiet + 1 : 0;
            }

            var trailing = 0;
            while (edits[end - 1 - trailing].Sign == ' ')
            {
                trailing++;
            }

            end -= Math.Max(0, trailing - Context);
            AppendHunk(diff, edits, start, end);
            i = end;
        }

        return diff.ToString();
    }

    private static void AppendHunk(StringBuilder diff, List<(char Sign, string Line)> edits, int start, int end)
    {
        var before = edits.Take(start).ToLookup(e => e.Sign);
        var hunk = edits.GetRange(start, end - start);
        var (oldStart, newStart) = (before[' '].Count() + before['-'].Count(), before[' '].Count() + before['+'].Count());
        var (oldCount, newCount) = (hunk.Count(e => e.Sign != '+'), hunk.Count(e => e.Sign != '-'));
        diff.Append(CultureInfo.InvariantCulture, $"@@ -{Range(oldStart, oldCount)} +{Range(newStart, newCount)} @@\n");
        foreach (var (sign, line) in hunk)
        {
            diff.Append(sign).Append(line).Append('\n');
        }
    }

    private static string Range(int start, int count) => string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? start : start + 1)}{(count == 1 ? "" : $",{count}")}");

    private static string[] Lines(string text) => text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n');

    private static List<(char Sign, string Line)> Edits(string[] a, string[] b)
    {
        var head = 0;
        while (head < a.Length && head < b.Length && a[head] == b[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < a.Length - head && tail < b.Length - head && a[^(tail + 1)] == b[^(tail + 1)])
        {
            tail++;
        }

        List<(char, string)> edits = [.. a.Take(head).Select(l => (' ', l))];
        edits.AddRange(Middle(a[head..^tail], b[head..^tail]));
        edits.AddRange(a[^tail..].Select(l => (' ', l)));
        return edits;
    }

    /// <summary>Myers' greedy algorithm ("An O(ND) Difference Algorithm", 1986).</summary>
    private static List<(char Sign, string Line)> Middle(string[] a, string[] b)
    {
        var max = Math.Min(a.Length + b.Length, MaxEdits);
        var trace = new List<int[]>();
        var furthest = new int[(2 * max) + 2];
        for (var d = 0; d <= max; d++)
        {
            trace.Add([.. furthest]);
            for (var k = -d; k <= d; k += 2)
            {
                var x = k == -d || (k != d && At(furthest, k - 1) < At(furthest, k + 1)) ? At(furthest, k + 1) : At(furthest, k - 1) + 1;
                while (x < a.Length && x - k < b.Length && a[x] == b[x - k])
                {
                    x++;
                }

                furthest[Index(k)] = x;
                if (x >= a.Length && x - k >= b.Length)
                {
                    return Trace(a, b, trace, d);
                }
            }
        }

        return [.. a.Select(l => ('-', l)), .. b.Select(l => ('+', l))];

        int Index(int k) => k >= 0 ? 2 * k : (-2 * k) - 1;

        int At(int[] values, int k) => Index(k) < values.Length ? values[Index(k)] : 0;
    }

    private static List<(char Sign, string Line)> Trace(string[] a, string[] b, List<int[]> trace, int edits)
    {
        var result = new List<(char, string)>();
        var (x, y) = (a.Length, b.Length);
        for (var d = edits; d >= 0; d--)
        {
            var k = x - y;
            var isInsertion = k == -d || (k != d && At(trace[d], k - 1) < At(trace[d], k + 1));
            var previous = isInsertion ? k + 1 : k - 1;
            var (fromX, fromY) = d == 0 ? (0, 0) : (At(trace[d], previous), At(trace[d], previous) - previous);
            while (x > fromX && y > fromY)
            {
                result.Add((' ', a[--x]));
                y--;
            }

            if (d > 0)
            {
                result.Add(isInsertion ? ('+', b[--y]) : ('-', a[--x]));
            }
        }

        result.Reverse();
        return result;

        static int At(int[] values, int k) => (k >= 0 ? 2 * k : (-2 * k) - 1) is var i && i < values.Length ? values[i] : 0;
    }
}
