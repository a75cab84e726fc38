using System.Net.Http.Headers;
using System.Text;

namespace Wego.Plugins.Charts;

/// <summary>What to show a repository or registry. Its text form never contains a secret.</summary>
public sealed class ChartCredentials
{
    private ChartCredentials(string authorization, string? userName = null, string? password = null) =>
        (Authorization, UserName, Password) = (authorization, userName, password);

    /// <summary>The value of the <c>Authorization</c> header.</summary>
    internal string Authorization { get; }

    /// <summary>The user name, where there is one.</summary>
    internal string? UserName { get; }

    /// <summary>The password, where there is one.</summary>
    internal string? Password { get; }

    /// <summary>User name and password (<see href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617</see>).</summary>
    public static ChartCredentials Basic(string userName, string password) => new(
        new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{userName}:{password}"))).ToString(),
        userName,
        password);

    /// <summary>A bearer token (<see href="https://www.rfc-editor.org/rfc/rfc6750">RFC 6750</see>).</summary>
    /// <exception cref="ChartException">The token has characters that no header can carry.</exception>
    public static ChartCredentials Bearer(string token) => Header($"Bearer {token.Trim()}");

    /// <summary>The whole value of an <c>Authorization</c> header.</summary>
    /// <exception cref="ChartException">The value has characters that no header can carry.</exception>
    public static ChartCredentials Header(string value)
    {
        var header = value.Trim();
        return header.Length > 0 && !header.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? new ChartCredentials(header)
            : throw new ChartException(ChartFailure.InvalidCredentials, "The authorization header is empty or has a character other than printable ASCII; remove line breaks.");
    }

    /// <inheritdoc/>
    public override string ToString() => "[credentials]";
}
