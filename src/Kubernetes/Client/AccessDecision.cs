namespace Wego.Kubernetes;

/// <summary>The answer of an access review.</summary>
/// <param name="Allowed">Whether it is allowed.</param>
/// <param name="Reason">The server's reason, or empty.</param>
public sealed record AccessDecision(bool Allowed, string Reason);
