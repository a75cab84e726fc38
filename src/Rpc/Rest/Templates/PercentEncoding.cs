using System.Text;

namespace Wego.Rpc.Rest.Templates;

/// <summary>Percent-encoding of UTF-8 in paths and queries (RFC 3986, 2.1), read strictly.</summary>
internal static class PercentEncoding
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="text">The encoded text.</param>
    /// <param name="keepSlashes">Leaves <c>%2F</c> as it is.</param>
    /// <param name="plusIsSpace">Reads <c>+</c> as a space, as in queries.</param>
    /// <exception cref="FormatException">A percent sign without two hexadecimal digits, or bytes that are not UTF-8.</exception>
    public static string Decode(string text, bool keepSlashes = false, bool plusIsSpace = false)
    {
        if (!text.Contains('%') && !(plusIsSpace && text.Contains('+')))
        {
            return text;
        }

        try
        {
            return Utf8.GetString(Octets(text, keepSlashes, plusIsSpace));
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"'{text}' does not decode to UTF-8", e);
        }
    }

    private static ReadOnlySpan<byte> Octets(string text, bool keepSlashes, bool plusIsSpace)
    {
        var bytes = new byte[Utf8.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && Octet(text, i) is var value)
            {
                if (keepSlashes && value == '/')
                {
                    length += Utf8.GetBytes(text.AsSpan(i, 3), bytes.AsSpan(length));
                }
                else
                {
                    bytes[length++] = value;
                }

                i += 2;
            }
            else if (plusIsSpace && text[i] == '+')
            {
                bytes[length++] = (byte)' ';
            }
            else
            {
                var units = char.IsSurrogatePair(text, i) ? 2 : 1;
                length += Utf8.GetBytes(text.AsSpan(i, units), bytes.AsSpan(length));
                i += units - 1;
            }
        }

        return bytes.AsSpan(0, length);
    }

    private static byte Octet(string text, int at) =>
        at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2])
            ? Convert.FromHexString(text.AsSpan(at + 1, 2))[0]
            : throw new FormatException($"'{text}' has a percent sign that two hexadecimal digits do not follow; encode it as %25");
}
