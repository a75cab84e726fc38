using Wego.Plugins.Secrets;

namespace Wego.Plugins.Flux;

/// <summary>
/// The keys that Flux alone reads in the Secrets of a HelmRepository. Certificates have names of their own in each generation:
/// today's (<see cref="SecretKeys"/>) stand in the Secret of <c>certSecretRef</c>, these beside the user name in that of
/// <c>secretRef</c>.
/// </summary>
internal static class FluxSecretKeys
{
    public const string OldTlsCert = "certFile";
    public const string OldTlsKey = "keyFile";
    public const string OldCaCert = "caFile";
    public const string BearerToken = "bearerToken";
}
