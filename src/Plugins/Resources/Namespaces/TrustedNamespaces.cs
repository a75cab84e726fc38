using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Wego.Plugins.Resources;

/// <summary>Reads the namespaces that a trusted proxy names in a header.</summary>
internal sealed class TrustedNamespaces(IOptions<ResourcesOptions> options)
{
    private readonly string _header = options.Value.TrustedNamespaces.HeaderName;
    private readonly Regex? _pattern = options.Value.TrustedNamespaces is { HeaderName.Length: > 0, HeaderPattern: var pattern } ? Compile(pattern) : null;

    /// <summary>The namespaces, sorted; null where this is off or the header names none.</summary>
    public ImmutableArray<string>? Read(IHeaderDictionary headers)
    {
        if (_pattern is null || !headers.TryGetValue(_header, out var lines))
        {
            return null;
        }

        ImmutableArray<string> names =
        [
            .. lines
                .SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Select(item => _pattern.Match(item))
                .Where(match => match.Success && match.Groups[1].Length > 0)
                .Select(match => match.Groups[1].Value)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        return names.IsEmpty ? null : names;
    }

    // Linear in the input: the header's value may come from far away.
    internal static Regex Compile(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
