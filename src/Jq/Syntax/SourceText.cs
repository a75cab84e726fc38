namespace Wego.Jq;

/// <summary>The text of a program, for errors that say where.</summary>
internal sealed class SourceText(string text)
{
    public string Text => text;

    public JqCompileException Error(int position, string problem)
    {
        var before = text.AsSpan(0, Math.Min(position, text.Length));
        var line = before.Count('\n') + 1;
        return new JqCompileException(line, CodePoints.Count(before[(before.LastIndexOf('\n') + 1)..]) + 1, problem);
    }
}
