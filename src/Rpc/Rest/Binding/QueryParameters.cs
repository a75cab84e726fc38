using Wego.Rpc.Rest.Templates;

namespace Wego.Rpc.Rest.Binding;

/// <summary>The parameters of a query string, in their order.</summary>
internal static class QueryParameters
{
    /// <summary>Splits a query. Names are decoded, values are left for <see cref="Decode"/>, so that an error can name the parameter.</summary>
    /// <param name="query">The query with its question mark; may be empty.</param>
    /// <exception cref="FormatException">A name is not valid percent-encoding of UTF-8.</exception>
    public static IEnumerable<(string Name, string EncodedValue)> Parse(string query)
    {
        foreach (var part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0
                ? (Decode(part), "")
                : (Decode(part[..equals]), part[(equals + 1)..]);
        }
    }

    /// <summary>Decodes a value.</summary>
    /// <exception cref="FormatException">It is not valid percent-encoding of UTF-8.</exception>
    public static string Decode(string text) => PercentEncoding.Decode(text, plusIsSpace: true);
}
