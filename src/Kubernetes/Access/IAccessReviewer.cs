namespace Wego.Kubernetes;

/// <summary>Answers whether an identity may do something.</summary>
public interface IAccessReviewer
{
    /// <summary>Asks the API server, or remembers what it said seconds ago.</summary>
    /// <exception cref="KubernetesException">
    /// The API server gave no decision; <see cref="KubernetesFailure.Unauthorized"/> where the identity's token is not accepted.
    /// </exception>
    Task<AccessDecision> ReviewAsync(IKubernetesClient client, KubernetesIdentity identity, ResourceAttributes attributes, CancellationToken cancellationToken);
}
