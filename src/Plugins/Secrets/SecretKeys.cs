namespace Wego.Plugins.Secrets;

/// <summary>
/// Keys of Secrets that several formats read alike, and types of Secrets
/// (<see href="https://kubernetes.io/docs/concepts/configuration/secret/#secret-types">Kubernetes</see>).
/// </summary>
public static class SecretKeys
{
    /// <summary>A user's name.</summary>
    public const string Username = "username";

    /// <summary>A user's password.</summary>
    public const string Password = "password";

    /// <summary>A Docker configuration with the logins of registries.</summary>
    public const string DockerConfigJson = ".dockerconfigjson";

    /// <summary>A client certificate, PEM.</summary>
    public const string TlsCert = "tls.crt";

    /// <summary>The key of a client certificate, PEM.</summary>
    public const string TlsKey = "tls.key";

    /// <summary>A certificate authority, PEM.</summary>
    public const string CaCert = "ca.crt";

    /// <summary>A bearer token.</summary>
    public const string Token = "token";

    /// <summary>A private SSH key.</summary>
    public const string SshPrivateKey = "ssh-privatekey";

    /// <summary>The SSH hosts to trust.</summary>
    public const string SshKnownHosts = "ssh-knownhosts";

    /// <summary>The type of a Secret with any keys.</summary>
    public const string OpaqueType = "Opaque";

    /// <summary>The type of a Secret with a Docker configuration.</summary>
    public const string DockerConfigJsonType = "kubernetes.io/dockerconfigjson";
}
