namespace Wego.Jq;

/// <summary>A word of a program.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">The word; of a field or variable only its name.</param>
/// <param name="Position">Where it begins.</param>
internal sealed record Token(TokenKind Kind, string Text, int Position)
{
    /// <summary>The value of a number.</summary>
    public double Number { get; init; }

    /// <summary>The parts of a string: text, or the tokens of an interpolation.</summary>
    public IReadOnlyList<(string? Text, IReadOnlyList<Token>? Interpolation)> Parts { get; init; } = [];

    /// <summary>How an error names it.</summary>
    public string Display => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Field => $"\".{Text}\"",
        TokenKind.Variable => $"\"${Text}\"",
        TokenKind.Format => $"\"@{Text}\"",
        TokenKind.Text => "a string",
        _ => $"\"{Text}\"",
    };
}
