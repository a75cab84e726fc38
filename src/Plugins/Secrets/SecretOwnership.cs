using System.Text.Json.Nodes;
using Wego.Kubernetes;

namespace Wego.Plugins.Secrets;

/// <summary>
/// How a format marks the Secrets that it made itself: by an annotation and by a controller reference to the repository. A
/// Secret that lacks either belongs to a user and is never changed or deleted.
/// </summary>
/// <param name="Manager">The value of <see cref="ManagedByAnnotation"/>, for example <c>plugin:flux</c>.</param>
/// <param name="OwnerKind">The kind of the repository's object.</param>
public sealed record SecretOwnership(string Manager, string OwnerKind)
{
    /// <summary>The annotation that names the maker.</summary>
    public const string ManagedByAnnotation = "kubeapps.dev/managed-by";

    /// <summary>Whether the Secret was made for this repository.</summary>
    public bool Covers(KubernetesObject secret, KubernetesObject repository) =>
        secret.Annotation(ManagedByAnnotation) == Manager
        && repository.Uid.Length > 0
        && secret.Metadata.Child("ownerReferences").Items().Any(owner => owner.IsTrue("controller") && owner.Text("uid") == repository.Uid);

    /// <summary>The reference that lets Kubernetes collect the Secret once the repository is gone.</summary>
    public JsonArray OwnerReferences(KubernetesObject owner) =>
    [
        new JsonObject
        {
            ["apiVersion"] = owner.ApiVersion,
            ["kind"] = OwnerKind,
            ["name"] = owner.Name,
            ["uid"] = owner.Uid,
            ["controller"] = true,
        },
    ];
}
