namespace Wego.Kubernetes;

/// <summary>What an access review asks about.</summary>
/// <param name="Verb">For example <c>get</c>.</param>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Resource">The plural resource name.</param>
/// <param name="Namespace">Empty: all namespaces, or a cluster-scoped resource.</param>
/// <param name="Name">Empty: all objects.</param>
/// <param name="Subresource">Empty: the object itself.</param>
public sealed record ResourceAttributes(string Verb, string Group, string Resource, string Namespace = "", string Name = "", string Subresource = "");
