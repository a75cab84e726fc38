using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Wego.Plugins.Charts;

/// <summary>Reads constraints.</summary>
internal static class SemverConstraintParser
{
    private const int MaxLength = 512;
    private const int MaxAlternatives = 32;

    private static readonly SearchValues<char> BoundEnd = SearchValues.Create(" \t\r\n,~^<>=!");

    private static readonly (string Text, ComparisonOperator Operator)[] Operators =
    [
        ("!=", ComparisonOperator.NotEqual),
        (">=", ComparisonOperator.GreaterOrEqual),
        ("=>", ComparisonOperator.GreaterOrEqual),
        ("<=", ComparisonOperator.LessOrEqual),
        ("=<", ComparisonOperator.LessOrEqual),
        ("~>", ComparisonOperator.Tilde),
        ("=", ComparisonOperator.Equal),
        (">", ComparisonOperator.Greater),
        ("<", ComparisonOperator.Less),
        ("~", ComparisonOperator.Tilde),
        ("^", ComparisonOperator.Caret),
    ];

    public static bool TryParse(string text, [NotNullWhen(true)] out SemverConstraint? constraint, [NotNullWhen(false)] out string? error)
    {
        constraint = null;
        if (text.Length > MaxLength)
        {
            error = $"A version constraint has at most {MaxLength} characters; this one has {text.Length}.";
            return false;
        }

        var alternatives = text.Split("||");
        if (alternatives.Length > MaxAlternatives)
        {
            error = $"A version constraint has at most {MaxAlternatives} alternatives; this one has {alternatives.Length}.";
            return false;
        }

        var groups = ImmutableArray.CreateBuilder<ComparatorGroup>(alternatives.Length);
        foreach (var alternative in alternatives)
        {
            var comparators = ImmutableArray.CreateBuilder<Comparator>();
            if (!TryParseGroup(alternative, comparators))
            {
                error = $"\"{text}\" is neither a version nor a version constraint, such as 1.2.3, ^1.2 or \">=1.2 <2\".";
                return false;
            }

            groups.Add(new ComparatorGroup(comparators.DrainToImmutable()));
        }

        constraint = new SemverConstraint(text, groups.DrainToImmutable());
        error = null;
        return true;
    }

    private static bool TryParseGroup(ReadOnlySpan<char> rest, ImmutableArray<Comparator>.Builder comparators)
    {
        rest = rest.Trim();
        if (rest.IsEmpty)
        {
            comparators.Add(new Comparator(ComparisonOperator.Equal, new SemanticVersion(0, 0, 0), Precision.None));
            return true;
        }

        while (true)
        {
            var op = TakeOperator(ref rest);
            if (!TryTakeBound(ref rest, out var bound, out var precision))
            {
                return false;
            }

            if (op is null && TryTakeHyphen(ref rest))
            {
                comparators.Add(new Comparator(ComparisonOperator.GreaterOrEqual, bound, precision));
                if (!TryTakeBound(ref rest, out bound, out precision))
                {
                    return false;
                }

                op = ComparisonOperator.LessOrEqual;
            }

            comparators.Add(new Comparator(op ?? ComparisonOperator.Equal, bound, precision));
            if (rest.IsEmpty)
            {
                return true;
            }

            if (!TryTakeSeparator(ref rest))
            {
                return false;
            }
        }
    }

    private static ComparisonOperator? TakeOperator(ref ReadOnlySpan<char> rest)
    {
        foreach (var (text, op) in Operators)
        {
            if (rest.StartsWith(text, StringComparison.Ordinal))
            {
                rest = rest[text.Length..].TrimStart();
                return op;
            }
        }

        return null;
    }

    private static bool TryTakeHyphen(ref ReadOnlySpan<char> rest)
    {
        var next = rest.TrimStart();
        if (next.Length == rest.Length || !next.StartsWith("- ", StringComparison.Ordinal))
        {
            return false;
        }

        rest = next[2..].TrimStart();
        return true;
    }

    private static bool TryTakeSeparator(ref ReadOnlySpan<char> rest)
    {
        var next = rest.TrimStart();
        var separated = next.Length < rest.Length;
        if (next.StartsWith(",", StringComparison.Ordinal))
        {
            separated = true;
            next = next[1..].TrimStart();
        }

        rest = next;
        return separated && !rest.IsEmpty;
    }

    private static bool TryTakeBound(ref ReadOnlySpan<char> rest, [NotNullWhen(true)] out SemanticVersion? bound, out Precision precision)
    {
        var end = rest.IndexOfAny(BoundEnd);
        var token = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[end..];
        bound = null;
        precision = Precision.None;
        if (token.StartsWith("v", StringComparison.Ordinal))
        {
            token = token[1..];
        }

        if (!SemanticVersionParser.TrySplit(token, out var core, out var prerelease, out var metadata))
        {
            return false;
        }

        Span<ulong> numbers = stackalloc ulong[3];
        var (count, wild) = (0, false);
        foreach (var part in core.Split('.'))
        {
            var isWild = core[part] is "x" or "X" or "*";
            if (count == 3 || (!SemanticVersionParser.TryParseNumber(core[part], zeroMayLead: true, out var number) && !isWild))
            {
                return false;
            }

            // What follows a wildcard does not count.
            wild |= isWild;
            if (!wild)
            {
                numbers[count] = number;
                precision++;
            }

            count++;
        }

        bound = new SemanticVersion(numbers[0], numbers[1], numbers[2], prerelease.ToString(), metadata.ToString());
        return true;
    }
}
