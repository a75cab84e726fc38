using System.Collections.Immutable;
using System.Text.Json;
using Wego.Kubernetes;

namespace Wego.Plugins.Helm;

/// <summary>The Secrets that an <c>AppRepository</c> names.</summary>
/// <param name="Auth">Where the Authorization header or the docker configuration is, or null.</param>
/// <param name="Ca">Where the certificate authority is, or null.</param>
/// <param name="Pull">With what the images of the charts are pulled.</param>
internal sealed record AppRepositorySecretRefs(SecretKeyRef? Auth, SecretKeyRef? Ca, ImmutableArray<string> Pull)
{
    public static AppRepositorySecretRefs Of(KubernetesObject repository) => new(
        Ref(repository.Find("spec", "auth", "header", "secretKeyRef")),
        Ref(repository.Find("spec", "auth", "customCA", "secretKeyRef")),
        [.. repository.Spec.Child("dockerRegistrySecrets").Items().Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString()!).Where(n => n.Length > 0)]);

    private static SecretKeyRef? Ref(JsonElement reference) =>
        reference.Text("name") is { Length: > 0 } name ? new SecretKeyRef(name, reference.Text("key")) : null;
}
