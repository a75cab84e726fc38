namespace Wego.Plugins;

/// <summary>Credentials of a container registry. Its text form contains none of them.</summary>
[GenerateSerializer, Immutable, Alias("wego.DockerCredentials")]
public sealed record DockerCredentials(string Server, string Username, string Password, string Email)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(DockerCredentials);
}
