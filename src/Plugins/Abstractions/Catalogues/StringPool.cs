namespace Wego.Plugins;

/// <summary>Keeps one instance of each string while a catalogue is built. Not safe for use by several threads.</summary>
public sealed class StringPool
{
    private readonly HashSet<string> _strings = new(StringComparer.Ordinal);

    /// <summary>The instance to keep for this text.</summary>
    public string Add(string text)
    {
        if (text.Length == 0)
        {
            return "";
        }

        if (_strings.TryGetValue(text, out var known))
        {
            return known;
        }

        _strings.Add(text);
        return text;
    }
}
