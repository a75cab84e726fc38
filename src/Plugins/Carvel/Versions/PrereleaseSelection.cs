using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Carvel;

/// <summary>Which pre-releases a version selection of Carvel takes: none, all, or those with one of some identifiers.</summary>
internal sealed record PrereleaseSelection(bool Allowed, ImmutableArray<string> Identifiers)
{
    public static PrereleaseSelection None { get; } = new(false, []);

    public static PrereleaseSelection Of(CarvelOptions options) => new(options.AllowPrereleases, [.. options.PrereleaseIdentifiers]);

    public bool Allows(SemanticVersion version)
    {
        if (version.Prerelease.Length == 0)
        {
            return true;
        }

        return Allowed && (Identifiers.IsEmpty || version.Prerelease.Split('.').Any(i => Identifiers.Contains(i, StringComparer.Ordinal)));
    }

    /// <summary>As the field <c>prereleases</c> holds it; null where it is left out.</summary>
    public JsonObject? ToManifest()
    {
        if (!Allowed)
        {
            return null;
        }

        return Identifiers.IsEmpty ? [] : new JsonObject { ["identifiers"] = new JsonArray([.. Identifiers.Select(i => (JsonNode)i)]) };
    }
}
