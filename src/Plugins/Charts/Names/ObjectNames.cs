using System.Text.RegularExpressions;

namespace Wego.Plugins.Charts;

/// <summary>Refuses names that Kubernetes or Helm would refuse later, with a message that names the field.</summary>
public static partial class ObjectNames
{
    /// <summary>The longest name of a Helm release.</summary>
    public const int MaxReleaseName = 53;

    private const int MaxLabel = 63;
    private const int MaxSubdomain = 253;

    /// <summary>Requires the name of a Helm release.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/> naming the field.</exception>
    public static void RequireRelease(string field, string name)
    {
        Require(field, name, MaxReleaseName, Subdomain(), "lower-case letters, digits, '-' and '.', beginning and ending with a letter or digit");
    }

    /// <summary>Requires the name of an object: an RFC 1123 subdomain.</summary>
    /// <param name="field">The field of the request.</param>
    /// <param name="name">The name.</param>
    /// <param name="suffixes">How many characters names derived from it add.</param>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/> naming the field.</exception>
    public static void RequireObject(string field, string name, int suffixes = 0)
    {
        Require(field, name, MaxSubdomain - suffixes, Subdomain(), "lower-case letters, digits, '-' and '.', beginning and ending with a letter or digit");
    }

    /// <summary>Whether a namespace can be called so.</summary>
    public static bool IsNamespace(string name) => name.Length <= MaxLabel && Label().IsMatch(name);

    /// <summary>Requires the name of a namespace: an RFC 1123 label.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/> naming the field.</exception>
    public static void RequireNamespace(string field, string name)
    {
        Require(field, name, MaxLabel, Label(), "lower-case letters, digits and '-', beginning and ending with a letter or digit");
    }

    private static void Require(string field, string name, int maxLength, Regex form, string allowed)
    {
        if (name.Length == 0)
        {
            throw PackageException.InvalidField(field, "a name is needed.");
        }

        if (name.Length > maxLength)
        {
            throw PackageException.InvalidField(field, $"the name has {name.Length} characters; at most {maxLength} are allowed.");
        }

        if (!form.IsMatch(name))
        {
            throw PackageException.InvalidField(field, $"'{name}' is no valid name: use {allowed}.");
        }
    }

    // RFC 1123 label and subdomain as Kubernetes checks them.
    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Subdomain();
}
