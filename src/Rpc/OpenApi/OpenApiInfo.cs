namespace Wego.Rpc;

/// <summary>What the OpenAPI document says about the API as a whole.</summary>
/// <param name="Title">The API's name.</param>
/// <param name="Version">The version of the server that serves it.</param>
/// <param name="Description">Markdown; empty for none.</param>
public sealed record OpenApiInfo(string Title, string Version, string Description = "");
