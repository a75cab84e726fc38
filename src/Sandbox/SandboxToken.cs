namespace Wego.Sandbox;

/// <summary>A bearer token and whose it is.</summary>
/// <param name="Token">The token.</param>
/// <param name="User">The user name it stands for.</param>
/// <param name="Groups">The user's groups, besides <c>system:authenticated</c>.</param>
/// <param name="Expires">When it stops being valid; null for never.</param>
public sealed record SandboxToken(string Token, string User, IReadOnlyList<string> Groups, DateTimeOffset? Expires = null)
{
    /// <summary>The user's name; the token itself never reaches a log.</summary>
    public override string ToString() => User;
}
