using System.Text.RegularExpressions;

namespace Wego.Plugins.Carvel;

/// <summary>Refuses names that Kubernetes would refuse later, with a message that names the field.</summary>
internal static partial class CarvelNames
{
    private const int MaxLabel = 63;
    private const int MaxSubdomain = 253;

    public static bool IsNamespace(string name) => name.Length is > 0 and <= MaxLabel && Label().IsMatch(name);

    public static void RequireNamespace(string field, string name)
    {
        if (!IsNamespace(name))
        {
            throw PackageException.InvalidField(field, $"'{name}' is no name of a namespace: use at most {MaxLabel} lower-case letters, digits and '-', beginning and ending with a letter or digit.");
        }
    }

    /// <param name="field">The field of the request.</param>
    /// <param name="name">The name.</param>
    /// <param name="suffixes">How many characters names derived from it add.</param>
    public static void RequireObject(string field, string name, int suffixes = 0)
    {
        if (name.Length == 0)
        {
            throw PackageException.InvalidField(field, "a name is needed.");
        }

        if (name.Length > MaxSubdomain - suffixes)
        {
            throw PackageException.InvalidField(field, $"the name has {name.Length} characters; at most {MaxSubdomain - suffixes} are allowed.");
        }

        if (!Subdomain().IsMatch(name))
        {
            throw PackageException.InvalidField(field, $"'{name}' is no valid name: use lower-case letters, digits, '-' and '.', beginning and ending with a letter or digit.");
        }
    }

    // RFC 1123 label and subdomain as Kubernetes checks them.
    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Subdomain();
}
