namespace Wego.Testing.ApiServers;

/// <summary>A user of a test cluster.</summary>
/// <param name="UserName">The name the API server knows the user by.</param>
/// <param name="Token">The bearer token.</param>
/// <param name="Groups">Groups beside system:authenticated.</param>
public sealed record TestIdentity(string UserName, string Token, params string[] Groups)
{
    public override string ToString() => UserName;
}
