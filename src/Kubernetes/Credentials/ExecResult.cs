namespace Wego.Kubernetes;

/// <summary>What a credential plugin gave.</summary>
internal sealed record ExecResult(ServiceCredential Credential, DateTimeOffset ObtainedAt, DateTimeOffset? ExpiresAt)
{
    public override string ToString() => "exec credential";
}
