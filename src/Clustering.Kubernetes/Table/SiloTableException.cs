namespace Wego.Clustering;

/// <summary>The object with the cluster's members cannot be understood. The message names object and field, and the remedy.</summary>
public sealed class SiloTableException(string message, Exception? inner = null) : Exception(message, inner);
