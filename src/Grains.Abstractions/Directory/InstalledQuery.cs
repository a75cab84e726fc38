using System.Collections.Immutable;

namespace Wego.Grains;

/// <summary>Which installed packages.</summary>
/// <param name="Namespaces">Only these, or null for all.</param>
/// <param name="After">Only what comes strictly after this key, or null from the start.</param>
/// <param name="Limit">At most this many, or 0 for all.</param>
/// <param name="Name">Only the package of this name, or null for all.</param>
[GenerateSerializer, Immutable, Alias("wego.InstalledQuery")]
public sealed record InstalledQuery(ImmutableHashSet<string>? Namespaces, SortKey? After = null, int Limit = 0, string? Name = null);
