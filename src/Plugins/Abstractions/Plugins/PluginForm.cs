namespace Wego.Plugins;

/// <summary>The inputs of a request that mean something to one plugin, so that a client needs no knowledge of plugin names.</summary>
/// <param name="Plugin">The plugin.</param>
/// <param name="Purpose">The request.</param>
/// <param name="JsonSchema">
/// A JSON schema (2020-12) of an object whose properties are fields of the request in proto3 JSON (<c>reconciliationOptions</c>,
/// <c>customDetail</c>): what a form makes of it is merged into the request as it is.
/// </param>
public sealed record PluginForm(PluginId Plugin, FormPurpose Purpose, string JsonSchema);
