using System.Globalization;
using System.Text;

namespace Wego.Jq;

/// <summary>Splits a program into tokens.</summary>
internal sealed class Lexer(SourceText source)
{
    private const int MaxNesting = 32;

    // Longer ones first.
    private static readonly string[] Symbols =
    [
        "?//=", "?//", "//=", "|=", "+=", "-=", "*=", "/=", "%=", "==", "!=", "<=", ">=", "//", "..",
        "|", ",", "=", "<", ">", "+", "-", "*", "/", "%", ".", "[", "]", "(", ")", "{", "}", ":", ";", "?",
    ];

    private readonly string _text = source.Text;
    private int _position;
    private int _nesting;

    /// <summary>The tokens, an <see cref="TokenKind.End"/> last.</summary>
    public IReadOnlyList<Token> Read()
    {
        var tokens = new List<Token>();
        do
        {
            tokens.Add(Next());
        }
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private Token Next()
    {
        SkipBlanks();
        var start = _position;
        if (start == _text.Length)
        {
            return new Token(TokenKind.End, "", start);
        }

        var c = _text[start];
        var next = start + 1 < _text.Length ? _text[start + 1] : '\0';
        return c switch
        {
            '"' => ReadText(),
            '.' when IsNameStart(next) => Word(TokenKind.Field, 1),
            '$' when IsNameStart(next) => Word(TokenKind.Variable, 1),
            '@' when IsNameStart(next) => Word(TokenKind.Format, 1),
            _ when IsNameStart(c) => Word(TokenKind.Name, 0),
            _ when char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(next)) => ReadNumber(),
            _ => ReadSymbol(),
        };
    }

    private void SkipBlanks()
    {
        while (_position < _text.Length)
        {
            if (_text[_position] == '#')
            {
                var end = _text.IndexOf('\n', _position);
                _position = end < 0 ? _text.Length : end;
            }
            else if (_text[_position] is ' ' or '\t' or '\r' or '\n')
            {
                _position++;
            }
            else
            {
                return;
            }
        }
    }

    private Token Word(TokenKind kind, int prefix)
    {
        var start = _position;
        _position += prefix;
        while (_position < _text.Length && IsNamePart(_text[_position]))
        {
            _position++;
        }

        return new Token(kind, _text[(start + prefix).._position], start);
    }

    private Token ReadNumber()
    {
        var start = _position;
        Digits();
        if (Peek() == '.')
        {
            _position++;
            Digits();
        }

        if (Peek() is 'e' or 'E')
        {
            _position++;
            _position += Peek() is '+' or '-' ? 1 : 0;
            if (!char.IsAsciiDigit(Peek()))
            {
                throw source.Error(_position, "expected the digits of an exponent");
            }

            Digits();
        }

        var text = _text[start.._position];
        return new Token(TokenKind.Number, text, start) { Number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) };

        void Digits()
        {
            while (char.IsAsciiDigit(Peek()))
            {
                _position++;
            }
        }
    }

    private char Peek() => _position < _text.Length ? _text[_position] : '\0';

    private Token ReadSymbol()
    {
        var start = _position;
        foreach (var symbol in Symbols)
        {
            if (_text.AsSpan(start).StartsWith(symbol, StringComparison.Ordinal))
            {
                _position += symbol.Length;
                return new Token(TokenKind.Symbol, symbol, start);
            }
        }

        throw source.Error(start, _text[start] == '\'' ? "strings are written in double quotes" : $"unexpected character \"{char.ConvertFromUtf32(char.IsSurrogatePair(_text, start) ? char.ConvertToUtf32(_text, start) : char.IsSurrogate(_text[start]) ? '?' : _text[start])}\"");
    }

    private Token ReadText()
    {
        var start = _position++;
        var parts = new List<(string?, IReadOnlyList<Token>?)>();
        var text = new StringBuilder();
        while (true)
        {
            var c = Peek();
            if (_position >= _text.Length)
            {
                throw source.Error(start, "this string has no closing quote");
            }

            _position++;
            if (c == '"')
            {
                parts.Add((text.ToString(), null));
                return new Token(TokenKind.Text, "", start) { Parts = parts };
            }

            if (c != '\\')
            {
                text.Append(c);
            }
            else if (Peek() == '(')
            {
                parts.Add((text.ToString(), null));
                text.Clear();
                parts.Add((null, ReadInterpolation()));
            }
            else
            {
                text.Append(ReadEscape());
            }
        }
    }

    private char ReadEscape()
    {
        var start = _position - 1;
        var c = Peek();
        _position++;
        switch (c)
        {
            case '"' or '\\' or '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when _position + 4 <= _text.Length && ushort.TryParse(_text.AsSpan(_position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit):
                _position += 4;
                return (char)unit;
            default:
                throw source.Error(start, """this is no escape sequence; there are \" \\ \/ \b \f \n \r \t \u with four hexadecimal digits, and \(…)""");
        }
    }

    private List<Token> ReadInterpolation()
    {
        var start = _position++ - 1;
        if (++_nesting > MaxNesting)
        {
            throw source.Error(start, $"strings are nested more than {MaxNesting} deep");
        }

        var tokens = new List<Token>();
        for (var open = 1; ;)
        {
            var token = Next();
            open += token switch
            {
                { Kind: TokenKind.Symbol, Text: "(" } => 1,
                { Kind: TokenKind.Symbol, Text: ")" } => -1,
                _ => 0,
            };
            if (open == 0)
            {
                tokens.Add(new Token(TokenKind.End, "", token.Position));
                _nesting--;
                return tokens;
            }

            if (token.Kind == TokenKind.End)
            {
                throw source.Error(start, "this interpolation has no closing parenthesis");
            }

            tokens.Add(token);
        }
    }
}
