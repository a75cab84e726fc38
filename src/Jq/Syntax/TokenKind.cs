namespace Wego.Jq;

/// <summary>The kinds of tokens.</summary>
internal enum TokenKind
{
    End,

    /// <summary>An operator or bracket.</summary>
    Symbol,

    /// <summary>A name or keyword.</summary>
    Name,

    /// <summary><c>.name</c></summary>
    Field,

    /// <summary><c>$name</c></summary>
    Variable,

    Number,

    /// <summary>A string; its parts are in <see cref="Token.Parts"/>.</summary>
    Text,

    /// <summary><c>@name</c></summary>
    Format,
}
