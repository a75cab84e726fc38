using Wego.Kubernetes;
using Wego.Plugins.Secrets;

namespace Wego.Plugins.Flux;

/// <summary>How the Secrets that Wego makes for a <c>HelmRepository</c> are marked, made and removed.</summary>
internal static class FluxSecrets
{
    public static SecretOwnership Ownership { get; } = new("plugin:flux", FluxKinds.HelmRepositoryKind);

    /// <summary>Makes what the plan asks for.</summary>
    /// <returns>The names for <c>secretRef</c> and <c>certSecretRef</c>, the user's own included.</returns>
    public static async Task<(string? Auth, string? Cert)> CreateAsync(
        this ManagedSecrets secrets, CredentialsPlan plan, RepositoryRef repository, KubernetesObject? owner, CancellationToken cancellationToken)
    {
        var name = SecretName.Generated($"{repository.Name}-");
        return (
            plan.AuthReference ?? await secrets.CreateAsync(plan.Auth, repository.Namespace, name, owner, cancellationToken),
            plan.CertReference ?? await secrets.CreateAsync(plan.Cert, repository.Namespace, name, owner, cancellationToken));
    }
}
