using System.Collections.Immutable;

namespace Wego.Jq;

/// <summary>jq counts and orders the characters of a string by Unicode code points, .NET by UTF-16 units.</summary>
internal static class CodePoints
{
    public static Comparer<string> Comparer { get; } = Comparer<string>.Create(Compare);

    public static ImmutableSortedDictionary<string, JqValue> EmptyMembers { get; } = ImmutableSortedDictionary.Create<string, JqValue>(Comparer);

    public static int Compare(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            var (l, r) = (left[i], right[i]);
            if (l != r)
            {
                // A surrogate stands for a code point above all those that one unit can say.
                return char.IsSurrogate(l) != char.IsSurrogate(r) ? (char.IsSurrogate(l) ? 1 : -1) : l.CompareTo(r);
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    /// <summary>The characters from one position to before another.</summary>
    public static string Slice(string text, int from, int to)
    {
        var (start, end, position, unit) = (text.Length, text.Length, 0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            start = position == from ? unit : start;
            end = position == to ? unit : end;
            position++;
            unit += rune.Utf16SequenceLength;
        }

        return start < end ? text[start..end] : "";
    }

    public static IEnumerable<string> Split(string text) => text.EnumerateRunes().Select(r => r.ToString());
}
