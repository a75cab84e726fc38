namespace Wego.Plugins.Flux;

/// <summary>
/// The keys that Flux reads in the Secrets of a HelmRepository. Certificates have names of their own in each generation:
/// today's stand in the Secret of <c>certSecretRef</c>, the older ones beside the user name in that of <c>secretRef</c>.
/// </summary>
internal static class SecretKeys
{
    public const string Username = "username";
    public const string Password = "password";
    public const string DockerConfigJson = ".dockerconfigjson";
    public const string TlsCert = "tls.crt";
    public const string TlsKey = "tls.key";
    public const string CaCert = "ca.crt";
    public const string OldTlsCert = "certFile";
    public const string OldTlsKey = "keyFile";
    public const string OldCaCert = "caFile";
    public const string BearerToken = "bearerToken";
    public const string Token = "token";

    public const string OpaqueType = "Opaque";
    public const string DockerConfigJsonType = "kubernetes.io/dockerconfigjson";
}
