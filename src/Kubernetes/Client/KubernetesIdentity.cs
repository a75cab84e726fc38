using System.Collections.Immutable;

namespace Wego.Kubernetes;

/// <summary>
/// As whom a request to the API server is made. Its text form never contains a credential.
/// </summary>
public abstract record KubernetesIdentity
{
    private KubernetesIdentity()
    {
    }

    /// <summary>The service's own account, or the kubeconfig user. Every use is listed in <c>docs/privileges.md</c>.</summary>
    public static KubernetesIdentity Service { get; } = new ServiceIdentity();

    /// <summary>The caller's bearer token, relayed as it came.</summary>
    public static KubernetesIdentity Bearer(string token) => new BearerIdentity(token);

    /// <summary>The service's own credentials with impersonation headers.</summary>
    public static KubernetesIdentity Impersonate(string user, ImmutableArray<string> groups, ImmutableDictionary<string, ImmutableArray<string>>? extra = null) =>
        new ImpersonatedIdentity(user, groups, extra ?? ImmutableDictionary<string, ImmutableArray<string>>.Empty);

    /// <inheritdoc cref="Service"/>
    public sealed record ServiceIdentity : KubernetesIdentity
    {
        /// <inheritdoc/>
        public override string ToString() => "service";
    }

    /// <inheritdoc cref="Bearer(string)"/>
    public sealed record BearerIdentity(string Token) : KubernetesIdentity
    {
        /// <inheritdoc/>
        public override string ToString() => "bearer";
    }

    /// <inheritdoc cref="Impersonate"/>
    public sealed record ImpersonatedIdentity(
        string User,
        ImmutableArray<string> Groups,
        ImmutableDictionary<string, ImmutableArray<string>> Extra) : KubernetesIdentity
    {
        /// <inheritdoc/>
        public override string ToString() => "impersonated";
    }
}
