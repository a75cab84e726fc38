namespace Wego.Plugins.Helm;

/// <summary>A <c>helm</c> program that can be used.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Major">Its major version.</param>
internal sealed record HelmProgram(string Path, int Major);
