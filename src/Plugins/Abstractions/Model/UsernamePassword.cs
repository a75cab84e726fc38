namespace Wego.Plugins;

/// <summary>User name and password. Its text form contains neither.</summary>
[GenerateSerializer, Immutable, Alias("wego.UsernamePassword")]
public sealed record UsernamePassword(string Username, string Password)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(UsernamePassword);
}
