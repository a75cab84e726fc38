using Wego.Plugins.Secrets;

namespace Wego.Plugins.Helm;

/// <summary>How the Secrets of an <c>AppRepository</c> are called and marked, and which keys of their own they have.</summary>
internal static class HelmSecrets
{
    /// <summary>The whole value of an <c>Authorization</c> header.</summary>
    public const string HeaderKey = "authorizationHeader";

    public static SecretOwnership Ownership { get; } = new("plugin:helm", AppRepositories.Kind);

    /// <summary>The Secret with the login and the certificate authority.</summary>
    public static SecretName NameOf(string repository) => SecretName.Exact($"apprepo-{repository}");

    /// <summary>The Secret with which the images of the charts are pulled.</summary>
    public static SecretName PullNameOf(string repository) => SecretName.Exact($"pullsecret-{repository}");
}
