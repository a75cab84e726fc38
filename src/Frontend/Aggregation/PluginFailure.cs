using Wego.Plugins;

namespace Wego.Frontend;

/// <summary>A plugin that could not answer its part.</summary>
/// <param name="Plugin">Which plugin.</param>
/// <param name="Error">Why.</param>
internal sealed record PluginFailure(PluginId Plugin, PackageException Error);
