namespace Wego.Sandbox.Authorization;

/// <summary>The authorizer's answer. RBAC only ever allows or has no opinion.</summary>
internal readonly record struct AccessResult(bool Allowed, string Reason);
