namespace Wego.Rpc.Rest.Templates;

/// <summary>A path template of <c>google.api.http</c>. Beyond its grammar, segments may follow <c>**</c>, as other transcoders allow.</summary>
internal sealed class PathTemplate
{
    private readonly int _rest;

    public PathTemplate(string text, IReadOnlyList<TemplateSegment> segments, IReadOnlyList<TemplateVariable> variables, string verb)
    {
        Text = text;
        Segments = segments;
        Variables = variables;
        Verb = verb;
        _rest = segments.Select(s => s.Kind).ToList().IndexOf(TemplateSegmentKind.Rest);
    }

    /// <summary>The template as it was written.</summary>
    public string Text { get; }

    public IReadOnlyList<TemplateSegment> Segments { get; }

    public IReadOnlyList<TemplateVariable> Variables { get; }

    /// <summary>What follows the last colon; empty for most templates.</summary>
    public string Verb { get; }

    /// <summary>The template without the names of its variables: two templates with the same shape match the same paths.</summary>
    public string Shape => "/" + string.Join('/', Segments) + (Verb.Length > 0 ? ":" + Verb : "");

    /// <summary>True where the text of a variable may hold separators.</summary>
    public bool SpansSegments(TemplateVariable variable) => variable.Length > 1 || HasRest(variable);

    /// <summary>The text that fills a variable, decoded, out of a path that matches.</summary>
    /// <param name="variable">A variable of this template.</param>
    /// <param name="path">The encoded segments of the path, as many as the match has.</param>
    /// <exception cref="FormatException">The text is not valid percent-encoding of UTF-8.</exception>
    public string Capture(TemplateVariable variable, ReadOnlySpan<string> path)
    {
        var extra = path.Length - Segments.Count;
        var start = variable.Start + (_rest >= 0 && variable.Start > _rest ? extra : 0);
        var length = variable.Length + (HasRest(variable) ? extra : 0);
        if (!SpansSegments(variable))
        {
            return PercentEncoding.Decode(path[start]);
        }

        // In a capture of several segments an encoded slash stays encoded, or it could not be told from a separator
        // (google.api.http, "path template syntax"): the identifier repo/foo%2Fbar arrives as it is.
        return PercentEncoding.Decode(string.Join('/', path.Slice(start, length)!), keepSlashes: true);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private bool HasRest(TemplateVariable variable) => _rest >= variable.Start && _rest < variable.Start + variable.Length;
}
