using System.Collections.Immutable;

namespace Wego.Plugins;

/// <summary>A kind of object that a format is kept in.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Resource">The plural resource name.</param>
/// <param name="Versions">The versions the format can read, best first; discovery picks the first one served.</param>
/// <param name="LabelSelector">Only objects with these labels, or null for all.</param>
/// <param name="FieldSelector">Only objects with these fields, or null for all.</param>
public sealed record WatchedKind(
    string Group,
    string Resource,
    ImmutableArray<string> Versions,
    string? LabelSelector = null,
    string? FieldSelector = null)
{
    /// <summary>Resource and group in one, as kubectl takes them, for example <c>helmreleases.helm.toolkit.fluxcd.io</c>.</summary>
    public string GroupResource => $"{Resource}.{Group}";
}
