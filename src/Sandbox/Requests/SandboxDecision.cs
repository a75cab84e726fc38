namespace Wego.Sandbox;

/// <summary>What was decided about one user's requests of a kind, for tests to hold against roles.</summary>
/// <param name="User">The user after impersonation.</param>
/// <param name="Verb">The Kubernetes verb, or the lower-case HTTP method of a path that is no resource.</param>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Resource">The plural resource name; empty for a path that is no resource.</param>
/// <param name="Subresource">For example <c>status</c>, or empty.</param>
/// <param name="Namespace">The namespace; empty for all or none.</param>
/// <param name="Allowed">Whether it was allowed.</param>
/// <param name="Reason">Which binding and role allowed it; empty where it was not.</param>
public sealed record SandboxDecision(string User, string Verb, string Group, string Resource, string Subresource, string Namespace, bool Allowed, string Reason)
{
    /// <summary>The right that it takes, one line <c>GROUP RESOURCE VERB</c>.</summary>
    public string Right => $"{Group} {Resource}{(Subresource.Length > 0 ? $"/{Subresource}" : "")} {Verb}";
}
