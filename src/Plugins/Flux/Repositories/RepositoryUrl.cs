namespace Wego.Plugins.Flux;

/// <summary>Addresses of repositories.</summary>
internal static class RepositoryUrl
{
    private const string Field = "url";

    /// <summary>Refuses what Flux could not use.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/>.</exception>
    public static void Require(string url, string type)
    {
        if (url.Length == 0)
        {
            throw PackageException.InvalidField(Field, "the repository's address is needed.");
        }

        var expected = type == HelmRepositoryReader.OciType ? "oci://HOST/PATH" : "https://HOST/PATH or http://HOST/PATH";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || !IsSchemeOf(type, uri.Scheme))
        {
            throw PackageException.InvalidField(Field, $"a repository of type {type} has an address of the form {expected}.");
        }

        if (uri.UserInfo.Length > 0)
        {
            throw PackageException.InvalidField(Field, "an address must not hold a user name or password; give them as auth.");
        }
    }

    private static bool IsSchemeOf(string type, string scheme) =>
        type == HelmRepositoryReader.OciType ? scheme == "oci" : scheme is "http" or "https";
}
