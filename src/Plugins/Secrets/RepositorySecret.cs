using System.Text;
using Wego.Kubernetes;

namespace Wego.Plugins.Secrets;

/// <summary>A Secret that a repository refers to. Its text form shows the name alone.</summary>
public sealed class RepositorySecret(KubernetesObject secret)
{
    /// <summary>The resource.</summary>
    public static GroupVersionResource Resource { get; } = new("", "v1", "secrets");

    /// <summary>Its name.</summary>
    public string Name => secret.Name;

    /// <summary>Its UID.</summary>
    public string Uid => secret.Uid;

    /// <summary>Its type, for example <see cref="SecretKeys.DockerConfigJsonType"/>.</summary>
    public string Type => secret.Text("type");

    /// <summary>The whole object.</summary>
    internal KubernetesObject Object => secret;

    /// <summary>The text of the first of these keys that is there and not empty, or null.</summary>
    public string? Find(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (Decode(secret.Text("data", key)) is { Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Whether Wego made it for this repository: it says so, and the repository controls it.</summary>
    public bool IsManagedFor(KubernetesObject repository, SecretOwnership ownership) => ownership.Covers(secret, repository);

    /// <summary>Reads a Secret.</summary>
    /// <exception cref="KubernetesException">It could not be read.</exception>
    public static async Task<RepositorySecret> LoadAsync(string ns, string name, PluginCall call, CancellationToken cancellationToken) =>
        new(await call.Client.GetAsync(call.Identity, Resource, ns, name, cancellationToken));

    /// <summary>Reads a Secret, or null where there is none.</summary>
    /// <exception cref="KubernetesException">It could not be read.</exception>
    public static async Task<RepositorySecret?> FindAsync(string ns, string name, PluginCall call, CancellationToken cancellationToken) =>
        await call.Client.FindAsync(call.Identity, Resource, ns, name, cancellationToken) is { } secret ? new RepositorySecret(secret) : null;

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }
}
