using Wego.Kubernetes;

namespace Wego.Plugins;

/// <summary>The user behind a request: the bearer token, relayed and never stored. Its text form never contains the token.</summary>
[GenerateSerializer, Immutable, Alias("wego.Caller")]
public sealed class Caller(string token)
{
    [Id(0)]
    private readonly string _token = token;

    /// <summary>As whom the API server is asked.</summary>
    public KubernetesIdentity Identity => KubernetesIdentity.Bearer(_token);

    /// <inheritdoc/>
    public override string ToString() => "caller";
}
