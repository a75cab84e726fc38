using Wego.Kubernetes;

namespace Wego.Plugins.Helm;

/// <summary>Addresses of Helm repositories: of an index over HTTP, or of a registry, told as <c>oci://</c> or by the scheme of its API.</summary>
internal static class AppRepositoryUrl
{
    private const string Field = "url";

    /// <summary>Refuses what could not be used.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/>.</exception>
    public static void Require(string url, string type)
    {
        if (url.Length == 0)
        {
            throw PackageException.InvalidField(Field, "the repository's address is needed.");
        }

        var isOci = type == AppRepositories.OciType;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || !(uri.Scheme is "http" or "https" || (isOci && uri.Scheme == "oci")))
        {
            throw PackageException.InvalidField(Field, $"a repository of type {type} has an address of the form {(isOci ? "oci://HOST/PATH" : "https://HOST/PATH or http://HOST/PATH")}.");
        }

        if (uri.UserInfo.Length > 0)
        {
            throw PackageException.InvalidField(Field, "an address must not hold a user name or password; give them as auth.");
        }
    }

    /// <summary>
    /// What to open: <c>oci://</c> for a registry, without a user name and password, which objects written by hand may have in
    /// their address.
    /// </summary>
    public static AppRepositoryAddress Read(KubernetesObject repository) => Read(repository.Text("spec", "url").Trim(), AppRepositories.TypeOf(repository));

    private static AppRepositoryAddress Read(string url, string type)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            return new AppRepositoryAddress(url, PlainHttp: false, Login: null);
        }

        var login = uri.UserInfo.Length == 0 ? null : uri.UserInfo.Split(':', 2);
        var builder = new UriBuilder(uri) { UserName = "", Password = "" };
        if (type == AppRepositories.OciType && uri.Scheme is "http" or "https")
        {
            (builder.Scheme, builder.Port) = ("oci", uri.IsDefaultPort ? -1 : uri.Port);
        }

        return new AppRepositoryAddress(
            builder.Uri.AbsoluteUri,
            PlainHttp: type == AppRepositories.OciType && uri.Scheme == "http",
            login is null ? null : new UsernamePassword(Uri.UnescapeDataString(login[0]), Uri.UnescapeDataString(login.ElementAtOrDefault(1) ?? "")));
    }
}
