using Kubeappsapis.Plugins.Resources.V1Alpha1;

namespace Wego.Plugins.Resources;

/// <summary>The types of Secrets on the wire and in Kubernetes.</summary>
internal static class SecretTypes
{
    private static readonly Dictionary<SecretType, string> s_names = new()
    {
        [SecretType.OpaqueUnspecified] = "Opaque",
        [SecretType.ServiceAccountToken] = "kubernetes.io/service-account-token",
        [SecretType.DockerConfig] = "kubernetes.io/dockercfg",
        [SecretType.DockerConfigJson] = "kubernetes.io/dockerconfigjson",
        [SecretType.BasicAuth] = "kubernetes.io/basic-auth",
        [SecretType.SshAuth] = "kubernetes.io/ssh-auth",
        [SecretType.Tls] = "kubernetes.io/tls",
        [SecretType.BootstrapToken] = "bootstrap.kubernetes.io/token",
    };

    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/>: a number that stands for no type.</exception>
    public static string ToKubernetes(SecretType type) =>
        s_names.GetValueOrDefault(type) ?? throw PackageException.InvalidField("type", $"{(int)type} is no type of secret.");

    /// <summary>The type on the wire; types of others' making appear as opaque.</summary>
    public static SecretType ToWire(string type) => s_names.FirstOrDefault(pair => pair.Value == type).Key;
}
