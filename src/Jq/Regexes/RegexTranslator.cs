using System.Globalization;
using System.Text;

namespace Wego.Jq;

/// <summary>
/// Writes an expression of RE2 (<see href="https://github.com/google/re2/wiki/Syntax">syntax</see>) in the syntax of .NET. Classes such
/// as <c>\d</c> are ASCII there, <c>$</c> is the very end, groups are numbered in order, and nothing that needs backtracking exists.
/// </summary>
internal sealed class RegexTranslator(string pattern)
{
    private const int MaxLength = 4096;
    private const int MaxRepeat = 1000;
    private const int MaxNesting = 100;

    private static readonly Dictionary<string, string> Posix = new(StringComparer.Ordinal)
    {
        ["alnum"] = "0-9A-Za-z",
        ["alpha"] = "A-Za-z",
        ["ascii"] = @"\x00-\x7F",
        ["blank"] = @"\t ",
        ["cntrl"] = @"\x00-\x1F\x7F",
        ["digit"] = "0-9",
        ["graph"] = "!-~",
        ["lower"] = "a-z",
        ["print"] = " -~",
        ["punct"] = @"!-/:-@\[-`{-~",
        ["space"] = @"\t\n\v\f\r ",
        ["upper"] = "A-Z",
        ["word"] = "0-9A-Za-z_",
        ["xdigit"] = "0-9A-Fa-f",
    };

    private readonly StringBuilder _text = new();
    private readonly List<string?> _names = [];
    private readonly Stack<bool> _multiline = new([false]);
    private int _position;

    /// <summary>What a group is called in the translation.</summary>
    public static string GroupName(int index) => $"g{index.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Translates.</summary>
    /// <returns>The translation, and for each group its name or null.</returns>
    /// <exception cref="FormatException">It is no such expression; the message says why.</exception>
    public (string Pattern, string?[] Names) Translate()
    {
        if (pattern.Length > MaxLength)
        {
            throw new FormatException($"it has more than {MaxLength} characters");
        }

        while (_position < pattern.Length)
        {
            Next();
        }

        return (_text.ToString(), [.. _names]);
    }

    private void Next()
    {
        var c = pattern[_position++];
        switch (c)
        {
            case '\\':
                Escape(inClass: false);
                break;
            case '[':
                Class();
                break;
            case '(':
                Group();
                break;
            case ')':
                if (_multiline.Count == 1)
                {
                    throw new FormatException("a closing parenthesis has no opening one");
                }

                _multiline.Pop();
                _text.Append(c);
                break;
            case '$':
                _text.Append(_multiline.Peek() ? "$" : @"\z");
                break;
            case '{':
                CheckRepeat();
                _text.Append(c);
                break;
            case '#' or ' ':
                _text.Append('\\').Append(c);
                break;
            default:
                _text.Append(c);
                break;
        }
    }

    private void CheckRepeat()
    {
        var end = pattern.IndexOf('}', _position);
        foreach (var bound in end < 0 ? [] : pattern[_position..end].Split(','))
        {
            if (bound.Length > 0 && bound.All(char.IsAsciiDigit) && (bound.Length > 4 || int.Parse(bound, CultureInfo.InvariantCulture) > MaxRepeat))
            {
                throw new FormatException($"it repeats more than {MaxRepeat} times");
            }
        }
    }

    private void Group()
    {
        if (_multiline.Count > MaxNesting)
        {
            throw new FormatException($"it has more than {MaxNesting} groups within each other");
        }

        var multiline = _multiline.Peek();
        if (_position >= pattern.Length || pattern[_position] != '?')
        {
            Capture(null);
        }
        else if (Named() is { } name)
        {
            Capture(name);
        }
        else
        {
            var end = pattern.AsSpan(_position).IndexOfAny(':', ')');
            var flags = end < 0 ? "?!" : pattern.Substring(_position + 1, end - 1);
            if (flags.AsSpan().ContainsAnyExcept("ims-") || flags.Count(f => f == '-') > 1)
            {
                throw new FormatException("a group begins with (?, but neither names itself nor sets flags of i, m and s; there is no looking ahead or behind");
            }

            var dash = flags.IndexOf('-', StringComparison.Ordinal);
            var m = flags.IndexOf('m', StringComparison.Ordinal);
            multiline = m < 0 ? multiline : dash < 0 || m < dash;
            _text.Append("(?").Append(flags).Append(pattern[_position + end]);
            var closes = pattern[_position + end] == ')';
            _position += end + 1;
            if (closes)
            {
                // Flags for the rest of the enclosing group.
                _multiline.Pop();
                _multiline.Push(multiline);
                return;
            }
        }

        _multiline.Push(multiline);
    }

    private string? Named()
    {
        var rest = pattern.AsSpan(_position);
        var start = rest.StartsWith("?P<", StringComparison.Ordinal) ? 3 : rest.StartsWith("?<", StringComparison.Ordinal) ? 2 : 0;
        if (start == 0 || rest[start..] is ['=' or '!', ..])
        {
            return null;
        }

        var length = rest[start..].IndexOf('>');
        var name = length > 0 ? rest.Slice(start, length).ToString() : "";
        if (name.Length == 0 || !name.All(n => char.IsAsciiLetterOrDigit(n) || n == '_'))
        {
            throw new FormatException("the name of a group has letters, digits and underscores only");
        }

        if (_names.Contains(name))
        {
            throw new FormatException($"two groups are called {name}");
        }

        _position += start + length + 1;
        return name;
    }

    private void Capture(string? name)
    {
        _text.Append("(?<").Append(GroupName(_names.Count)).Append('>');
        _names.Add(name);
    }

    private void Class()
    {
        _text.Append('[');
        if (_position < pattern.Length && pattern[_position] == '^')
        {
            _text.Append(pattern[_position++]);
        }

        for (var first = true; ; first = false)
        {
            if (_position >= pattern.Length)
            {
                throw new FormatException("a class has no closing bracket");
            }

            var c = pattern[_position++];
            if (c == ']' && !first)
            {
                _text.Append(c);
                return;
            }

            if (c == '[' && _position < pattern.Length && pattern[_position] == ':' && pattern.IndexOf(":]", _position, StringComparison.Ordinal) is var end and > 0)
            {
                var name = pattern[(_position + 1)..end];
                _text.Append(Posix.GetValueOrDefault(name) ?? throw new FormatException($"there is no class [:{name}:]"));
                _position = end + 2;
            }
            else if (c == '\\')
            {
                Escape(inClass: true);
            }
            else
            {
                _text.Append(c is '[' or ']' ? "\\" : "").Append(c);
            }
        }
    }

    private void Escape(bool inClass)
    {
        if (_position >= pattern.Length)
        {
            throw new FormatException("it ends with a backslash");
        }

        var c = pattern[_position++];
        var ascii = c switch
        {
            'd' => "0-9",
            'D' => @"\x00-/:-\uFFFF",
            'w' => "0-9A-Za-z_",
            'W' => @"\x00-/:-@\[-\^`{-\uFFFF",
            's' => @"\t\n\f\r ",
            'S' => @"\x00-\x08\x0B\x0E-\x1F!-\uFFFF",
            _ => null,
        };
        if (ascii is not null)
        {
            _text.Append(inClass ? ascii : $"[{ascii}]");
            return;
        }

        switch (c)
        {
            case 'b' or 'B' or 'A' or 'z' when !inClass:
            case 'a' or 'f' or 't' or 'n' or 'r' or 'v':
                _text.Append('\\').Append(c);
                break;
            case 'Q' when !inClass:
                Quote();
                break;
            case 'p' or 'P':
                Property(c);
                break;
            case 'x':
                Hexadecimal();
                break;
            default:
                _text.Append(char.IsAsciiLetterOrDigit(c) ? throw new FormatException($@"\{c} has no meaning here") : $@"\u{(int)c:X4}");
                break;
        }
    }

    private void Quote()
    {
        var end = pattern.IndexOf(@"\E", _position, StringComparison.Ordinal);
        foreach (var c in end < 0 ? pattern[_position..] : pattern[_position..end])
        {
            _text.Append(CultureInfo.InvariantCulture, $@"\u{(int)c:X4}");
        }

        _position = end < 0 ? pattern.Length : end + 2;
    }

    // \pL is \p{L}.
    private void Property(char kind)
    {
        var rest = pattern.AsSpan(_position);
        var length = rest is ['{', ..] ? rest.IndexOf('}') + 1 : Math.Min(1, rest.Length);
        var name = rest[..length].Trim("{}").ToString();
        if (name.Length is not (1 or 2) || !name.All(char.IsAsciiLetter))
        {
            throw new FormatException(@"after \p comes a general category such as L or {Lu}; scripts are not supported");
        }

        _text.Append('\\').Append(kind).Append('{').Append(name).Append('}');
        _position += length;
    }

    private void Hexadecimal()
    {
        var rest = pattern.AsSpan(_position);
        var length = rest is ['{', ..] ? rest.IndexOf('}') + 1 : Math.Min(2, rest.Length);
        if (!int.TryParse(rest[..length].Trim("{}"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code is < 0 or > char.MaxValue)
        {
            throw new FormatException(@"after \x come two hexadecimal digits, or up to FFFF in braces");
        }

        _text.Append(CultureInfo.InvariantCulture, $@"\u{code:X4}");
        _position += length;
    }
}
