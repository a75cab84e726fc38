using System.Text;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Helm;

/// <summary>The value of an <c>Authorization</c> header as a Secret holds it, and what it can be told by its beginning to be.</summary>
internal static class AuthorizationHeader
{
    private const string BasicPrefix = "Basic ";
    private const string BearerPrefix = "Bearer ";

    public static string Basic(UsernamePassword values) =>
        BasicPrefix + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{values.Username}:{values.Password}"));

    public static string Bearer(string token) => BearerPrefix + token;

    /// <summary>User name and password; null where it is none of Basic.</summary>
    public static UsernamePassword? ReadBasic(string header)
    {
        var encoded = header.StartsWith(BasicPrefix, StringComparison.Ordinal) ? header[BasicPrefix.Length..].Trim() : "";
        var bytes = new byte[encoded.Length];
        return encoded.Length > 0 && Convert.TryFromBase64String(encoded, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var user, var password]
                ? new UsernamePassword(user, password)
                : null;
    }

    /// <summary>The token; null where it is none of Bearer.</summary>
    public static string? ReadBearer(string header) =>
        header.StartsWith(BearerPrefix, StringComparison.Ordinal) && header[BearerPrefix.Length..].Trim() is { Length: > 0 } token ? token : null;

    public static RepositoryAuthType TypeOf(string header) =>
        ReadBasic(header) is not null ? RepositoryAuthType.BasicAuth
        : ReadBearer(header) is not null ? RepositoryAuthType.Bearer
        : RepositoryAuthType.AuthorizationHeader;

    /// <summary>What to show the remote side. User name and password are told apart: token services of registries want them so.</summary>
    /// <exception cref="ChartException">The header has characters that no header can carry.</exception>
    public static ChartCredentials ToCredentials(string header) =>
        ReadBasic(header.Trim()) is { } basic ? ChartCredentials.Basic(basic.Username, basic.Password) : ChartCredentials.Header(header);
}
