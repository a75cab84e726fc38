using System.Text;

namespace Wego.Plugins.Charts;

/// <summary>
/// Gives one instance to equal texts of many releases, which mostly come from few charts. Of a fixed size, so that nothing
/// piles up; what was pushed out is merely a new string next time. Safe for use by many threads.
/// </summary>
internal sealed class ReleaseStrings
{
    private const int MaxLength = 512;
    private const int Slots = 2048;

    private readonly string?[] _slots = new string?[Slots];

    /// <summary>The text of these UTF-8 bytes.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > MaxLength)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        Span<char> chars = stackalloc char[MaxLength];
        ReadOnlySpan<char> text = chars[..Encoding.UTF8.GetChars(utf8, chars)];
        ref var slot = ref _slots[(uint)string.GetHashCode(text, StringComparison.Ordinal) % Slots];
        var known = Volatile.Read(ref slot);
        if (known is not null && text.SequenceEqual(known))
        {
            return known;
        }

        known = text.ToString();
        Volatile.Write(ref slot, known);
        return known;
    }
}
