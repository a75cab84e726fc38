namespace Wego.Kubernetes;

/// <summary>
/// Tells callers apart without keeping their tokens: HMAC-SHA256 under a random key of this process, so that neither a memory dump
/// nor a comparison between processes gives a token away.
/// </summary>
public interface ICallerKeys
{
    /// <summary>The same text for the same caller, as long as the process lives.</summary>
    string KeyOf(KubernetesIdentity identity);
}
