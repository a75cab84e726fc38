namespace Wego.Kubernetes;

/// <summary>What a decision is remembered under: who, as a keyed hash, on which cluster, to do what.</summary>
internal sealed record AccessKey(string Cluster, string Caller, ResourceAttributes Attributes);
