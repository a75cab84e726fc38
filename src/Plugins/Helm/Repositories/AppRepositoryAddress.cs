namespace Wego.Plugins.Helm;

/// <summary>The address of a repository, taken apart. Its text form shows no login.</summary>
/// <param name="Url">What to open.</param>
/// <param name="PlainHttp">Whether it is a registry without TLS.</param>
/// <param name="Login">The user name and password that stood in the address, or null.</param>
internal sealed record AppRepositoryAddress(string Url, bool PlainHttp, UsernamePassword? Login)
{
    public override string ToString() => nameof(AppRepositoryAddress);
}
