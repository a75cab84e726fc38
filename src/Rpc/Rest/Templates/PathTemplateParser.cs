namespace Wego.Rpc.Rest.Templates;

/// <summary>Reads the template grammar of <c>google.api.http</c>: literals, <c>*</c>, <c>**</c>, <c>{field}</c>, <c>{field=a/*}</c> and a verb.</summary>
internal sealed class PathTemplateParser
{
    private readonly string _text;
    private readonly List<TemplateSegment> _segments = [];
    private readonly List<TemplateVariable> _variables = [];
    private int _at;

    private PathTemplateParser(string text) => _text = text;

    /// <exception cref="FormatException">The text is no path template.</exception>
    public static PathTemplate Parse(string text) => new PathTemplateParser(text).Parse();

    private PathTemplate Parse()
    {
        if (!Take('/'))
        {
            throw Malformed("it does not begin with '/'");
        }

        ParseSegments(inVariable: false);
        var verb = Take(':') ? ParseText("/{}*:", "a verb") : "";
        if (_at < _text.Length)
        {
            throw Malformed($"'{_text[_at]}' is not expected at position {_at}");
        }

        if (_segments.Count(s => s.Kind == TemplateSegmentKind.Rest) > 1)
        {
            throw Malformed("it has more than one '**'");
        }

        return new PathTemplate(_text, _segments, _variables, verb);
    }

    private void ParseSegments(bool inVariable)
    {
        do
        {
            ParseSegment(inVariable);
        }
        while (Take('/'));
    }

    private void ParseSegment(bool inVariable)
    {
        if (Take('*'))
        {
            _segments.Add(Take('*') ? new(TemplateSegmentKind.Rest, "**") : new(TemplateSegmentKind.Any, "*"));
        }
        else if (!inVariable && Take('{'))
        {
            ParseVariable();
        }
        else
        {
            _segments.Add(new(TemplateSegmentKind.Literal, ParseText("/{}*:", "a segment")));
        }
    }

    private void ParseVariable()
    {
        var start = _segments.Count;
        var field = ParseText("=}{/*:", "a field name");
        if (Take('='))
        {
            ParseSegments(inVariable: true);
        }
        else
        {
            _segments.Add(new(TemplateSegmentKind.Any, "*"));
        }

        if (!Take('}'))
        {
            throw Malformed($"the variable '{field}' has no closing brace");
        }

        _variables.Add(new(field, start, _segments.Count - start));
    }

    private string ParseText(string end, string what)
    {
        var length = _text.AsSpan(_at).IndexOfAny(end);
        length = length < 0 ? _text.Length - _at : length;
        if (length == 0)
        {
            throw Malformed($"{what} is missing at position {_at}");
        }

        _at += length;
        return _text[(_at - length).._at];
    }

    private bool Take(char expected)
    {
        if (_at >= _text.Length || _text[_at] != expected)
        {
            return false;
        }

        _at++;
        return true;
    }

    private FormatException Malformed(string why) => new($"'{_text}' is no path template: {why}.");
}
