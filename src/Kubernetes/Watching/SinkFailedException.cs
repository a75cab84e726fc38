namespace Wego.Kubernetes;

/// <summary>Tells a failure of the sink from one of the API server, whatever type the sink threw.</summary>
internal sealed class SinkFailedException(Exception inner) : Exception("The sink failed.", inner);
