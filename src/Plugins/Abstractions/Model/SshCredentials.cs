namespace Wego.Plugins;

/// <summary>An SSH key and the known hosts. Its text form contains neither.</summary>
[GenerateSerializer, Immutable, Alias("wego.SshCredentials")]
public sealed record SshCredentials(string PrivateKey, string KnownHosts)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(SshCredentials);
}
