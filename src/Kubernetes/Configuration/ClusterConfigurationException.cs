namespace Wego.Kubernetes;

/// <summary>A cluster configuration cannot be used. The message names the file, the context and the field, and never a credential.</summary>
public sealed class ClusterConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
