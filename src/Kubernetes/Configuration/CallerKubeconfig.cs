namespace Wego.Kubernetes;

/// <summary>
/// What another program needs to call a cluster as one of Wego's callers. Contains the caller's token: write it to private files
/// only. Its text form does not contain it.
/// </summary>
/// <param name="Content">The kubeconfig, as JSON.</param>
/// <param name="UseEnvironmentProxy">Whether the program is to honour <c>HTTPS_PROXY</c> and its kin.</param>
public sealed record CallerKubeconfig(string Content, bool UseEnvironmentProxy)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(CallerKubeconfig);
}
