namespace Wego.Plugins.Loading;

/// <summary>A plugin could not be loaded. The message names the file and the reason; the start must stop.</summary>
public sealed class PluginLoadException(string message, Exception? inner = null) : Exception(message, inner);
