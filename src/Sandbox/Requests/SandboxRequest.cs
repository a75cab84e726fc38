namespace Wego.Sandbox;

/// <summary>One request the sandbox got, for tests to count.</summary>
/// <param name="Verb">The Kubernetes verb (<c>get</c>, <c>list</c>, <c>watch</c>, <c>create</c> …), or the lower-case HTTP method of a path that is no resource.</param>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Resource">The plural resource name; empty for a path that is no resource.</param>
/// <param name="Subresource">For example <c>status</c>, or empty.</param>
/// <param name="Namespace">The namespace, or empty.</param>
/// <param name="Name">The object's name, or empty.</param>
/// <param name="User">The user after authentication and impersonation; empty where authentication failed.</param>
/// <param name="Path">The path without query.</param>
/// <param name="UserAgent">The <c>User-Agent</c> header.</param>
public sealed record SandboxRequest(
    string Verb,
    string Group,
    string Resource,
    string Subresource,
    string Namespace,
    string Name,
    string User,
    string Path,
    string UserAgent);
