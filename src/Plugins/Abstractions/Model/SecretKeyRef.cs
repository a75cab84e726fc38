namespace Wego.Plugins;

/// <summary>Names a key of a Secret in the repository's namespace.</summary>
/// <param name="Name">The Secret.</param>
/// <param name="Key">The key, or empty for the format's usual one.</param>
[GenerateSerializer, Immutable, Alias("wego.SecretKeyRef")]
public sealed record SecretKeyRef(string Name, string Key);
