using Wego.Kubernetes;

namespace Wego.Testing;

/// <summary>A call to a <see cref="FakeKubernetesClient"/>.</summary>
public sealed record FakeCall(KubernetesIdentity Identity, string Verb, string Resource, string Namespace, string Name, string Version);
