using System.Text.RegularExpressions;
using Wego.Sandbox.Resources;

namespace Wego.Sandbox.Admission;

/// <summary>The rules for names, labels and annotations, in the API server's wording.</summary>
internal static partial class NameValidation
{
    private const string SubdomainText = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    private const string LabelText = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    private const string ServiceText = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
    private const string QualifiedText = "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
    private const string ValueText = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    /// <summary>What is wrong with an object's name, or null.</summary>
    public static string? Name(NameRule rule, string name) => rule switch
    {
        NameRule.PathSegment => name is "." or ".." ? $"may not be '{name}'" : name.AsSpan().IndexOfAny('/', '%') >= 0 ? "may not contain '/' or '%'" : null,
        NameRule.Label => TooLong(name, 63) ?? (Label().IsMatch(name) ? null : LabelText),
        NameRule.ServiceLabel => TooLong(name, 63) ?? (Service().IsMatch(name) ? null : ServiceText),
        _ => Subdomain(name),
    };

    public static string? Subdomain(string name) => TooLong(name, 253) ?? (SubdomainPattern().IsMatch(name) ? null : SubdomainText);

    /// <summary>What is wrong with the key of a label or annotation, or null.</summary>
    public static string? QualifiedName(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var name = key[(slash + 1)..];
        if (slash >= 0 && (slash == 0 || Subdomain(key[..slash]) is not null))
        {
            return $"prefix part {SubdomainText}";
        }

        return name.Length == 0 ? "name part must be non-empty" : name.Length > 63 ? "name part must be no more than 63 characters" : QualifiedPattern().IsMatch(name) ? null : QualifiedText;
    }

    public static string? LabelValue(string value) => TooLong(value, 63) ?? (value.Length == 0 || QualifiedPattern().IsMatch(value) ? null : ValueText);

    private static string? TooLong(string text, int limit) => text.Length > limit ? $"must be no more than {limit} characters" : null;

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SubdomainPattern();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();

    [GeneratedRegex(@"\A[a-z]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Service();

    [GeneratedRegex(@"\A([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex QualifiedPattern();
}
