namespace Wego.Plugins;

/// <summary>What a caller must be able to do in a repository's namespace to see its packages.</summary>
/// <param name="Verb">For example <c>get</c>.</param>
/// <param name="Kind">For example Secrets.</param>
/// <param name="GlobalIsOpen">Whether the format's global namespace is open to everybody whom the cluster knows.</param>
public sealed record CatalogueAccess(string Verb, WatchedKind Kind, bool GlobalIsOpen = false);
