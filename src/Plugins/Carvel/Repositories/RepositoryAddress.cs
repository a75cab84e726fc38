namespace Wego.Plugins.Carvel;

/// <summary>Addresses of repositories: URLs, references to images, or what Git takes.</summary>
internal static class RepositoryAddress
{
    private const string Field = "url";

    /// <summary>The address for people's eyes.</summary>
    public static string WithoutPassword(string address) =>
        HasPassword(address, out var user) ? address.Replace($"{user}@", "", StringComparison.Ordinal) : address;

    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/>: there is none, or it holds a password.</exception>
    public static void Require(string address)
    {
        if (string.IsNullOrWhiteSpace(address))
        {
            throw PackageException.InvalidField(Field, "the repository's address is needed.");
        }

        if (HasPassword(address, out _))
        {
            throw PackageException.InvalidField(Field, "an address must not hold a password; give user name and password as auth.");
        }
    }

    private static bool HasPassword(string address, out string user)
    {
        user = Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.UserInfo : "";
        return user.Contains(':', StringComparison.Ordinal);
    }
}
