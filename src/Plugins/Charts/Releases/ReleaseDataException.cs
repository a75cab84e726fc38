namespace Wego.Plugins.Charts;

/// <summary>The data of a release cannot be read. The message says what is wrong with it, not which release it is.</summary>
internal sealed class ReleaseDataException(string message, Exception? inner = null) : Exception(message, inner);
