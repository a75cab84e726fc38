using System.Text;
using Wego.Kubernetes;

namespace Wego.Plugins.Flux;

/// <summary>A Secret that a repository refers to. Its text form shows the name alone.</summary>
internal sealed class RepositorySecret(KubernetesObject secret)
{
    public const string ManagedByAnnotation = "kubeapps.dev/managed-by";
    public const string ManagedByFlux = "plugin:flux";

    public string Name => secret.Name;

    public string Uid => secret.Uid;

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
    public bool IsManagedFor(KubernetesObject repository) =>
        secret.Annotation(ManagedByAnnotation) == ManagedByFlux
        && secret.Metadata.Child("ownerReferences").Items().Any(owner => owner.IsTrue("controller") && owner.Text("uid") == repository.Uid);

    public override string ToString() => Name;

    private static string Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }
}
