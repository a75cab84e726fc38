namespace Wego.Plugins.Helm;

/// <summary>The program could not be started. The message continues "the program cannot be used, …".</summary>
internal sealed class HelmStartException(string message, Exception inner) : Exception(message, inner);
