namespace Wego.Plugins.Charts;

/// <summary>Addresses of repositories for people's eyes.</summary>
public static class ChartAddress
{
    /// <summary>The address without user name and password, for everything that people see.</summary>
    public static string WithoutUser(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0
            ? url.Replace($"{uri.UserInfo}@", "", StringComparison.Ordinal)
            : url;

    /// <summary>The address for errors: neither user nor query, either of which may be a secret.</summary>
    public static string Display(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : "(no address)";
}
