namespace Wego.Plugins;

/// <summary>The kind of credentials; numbers as on the wire.</summary>
public enum RepositoryAuthType
{
    /// <summary>None given.</summary>
    Unspecified = 0,

    /// <summary>User name and password.</summary>
    BasicAuth = 1,

    /// <summary>A client certificate.</summary>
    Tls = 2,

    /// <summary>A bearer token.</summary>
    Bearer = 3,

    /// <summary>A whole Authorization header.</summary>
    AuthorizationHeader = 4,

    /// <summary>Credentials of a container registry.</summary>
    DockerConfigJson = 5,

    /// <summary>An SSH key.</summary>
    Ssh = 6,

    /// <summary>Anything else.</summary>
    Opaque = 7,
}
