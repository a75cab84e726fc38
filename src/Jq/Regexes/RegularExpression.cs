using System.Text.RegularExpressions;

namespace Wego.Jq;

/// <summary>A regular expression in the syntax of <see href="https://github.com/google/re2/wiki/Syntax">RE2</see>, which takes time linear in its input.</summary>
internal sealed class RegularExpression
{
    private readonly Regex _regex;
    private readonly string?[] _names;

    private RegularExpression(Regex regex, string?[] names) => (_regex, _names) = (regex, names);

    /// <summary>Compiles an expression, or takes it from those that the program has used.</summary>
    /// <param name="pattern">The expression.</param>
    /// <param name="flags">Of <c>g</c> (all matches), <c>i</c> (ignore case) and <c>m</c> (the dot matches line breaks).</param>
    /// <param name="run">The evaluation.</param>
    /// <exception cref="JqRuntimeException">The expression or a flag is not valid.</exception>
    public static RegularExpression Get(string pattern, string flags, Run run)
    {
        const int MaxCached = 64;
        if (run.Expressions.TryGetValue((pattern, flags), out var known))
        {
            return known;
        }

        if (flags.AsSpan().ContainsAnyExcept("gim"))
        {
            throw new JqRuntimeException($"the flags of a regular expression are g, i and m, not {Kinds.Describe(JqValue.Of(flags))}");
        }

        // Compiling costs far more than an ordinary step.
        run.Charge(100 + pattern.Length);
        var expression = Compile(pattern, flags, run.Limits.RegexTimeout);
        if (run.Expressions.Count < MaxCached)
        {
            run.Expressions[(pattern, flags)] = expression;
        }

        return expression;
    }

    public bool IsMatch(string text, Run run) => Search(text, run, _regex.IsMatch);

    /// <summary>The matches; an empty one that touches the match before it does not count.</summary>
    public IEnumerable<Match> Matches(string text, bool all, Run run)
    {
        var end = -1;
        for (var match = Search(text, run, _regex.Match); match.Success; match = Search(text, run, _ => match.NextMatch()))
        {
            var splits = match.Index > 0 && match.Index < text.Length && char.IsLowSurrogate(text[match.Index]) && char.IsHighSurrogate(text[match.Index - 1]);
            if (match.Length > 0 || (match.Index != end && !splits))
            {
                end = match.Index + match.Length;
                run.Charge(1 + match.Groups.Count);
                yield return match;
                if (!all)
                {
                    yield break;
                }
            }
        }
    }

    /// <summary>The groups of a match, in the order of their opening parentheses.</summary>
    public IEnumerable<(string? Name, Group Group)> Groups(Match match) => _names.Select((name, i) => (name, match.Groups[RegexTranslator.GroupName(i)]));

    private static RegularExpression Compile(string pattern, string flags, TimeSpan timeout)
    {
        try
        {
            var (translated, names) = new RegexTranslator(pattern).Translate();
            var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
                | (flags.Contains('i', StringComparison.Ordinal) ? RegexOptions.IgnoreCase : RegexOptions.None)
                | (flags.Contains('m', StringComparison.Ordinal) ? RegexOptions.Singleline : RegexOptions.None);
            return new RegularExpression(new Regex(translated, options, timeout), names);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException)
        {
            var reason = e is FormatException ? e.Message : "it is malformed";
            throw new JqRuntimeException($"the regular expression {Kinds.Describe(JqValue.Of(pattern))} cannot be used: {reason}");
        }
    }

    private static T Search<T>(string text, Run run, Func<string, T> search)
    {
        run.ChargeText(text.Length);
        try
        {
            return search(text);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new JqLimitException($"A search with a regular expression took more than {run.Limits.RegexTimeout.TotalSeconds:0.###} seconds.", e);
        }
    }
}
