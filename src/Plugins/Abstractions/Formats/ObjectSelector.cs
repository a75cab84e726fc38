namespace Wego.Plugins;

/// <summary>Picks the objects of one package or repository out of a <see cref="WatchedKind"/>.</summary>
/// <param name="LabelSelector">Null for none.</param>
/// <param name="FieldSelector">Null for none.</param>
public sealed record ObjectSelector(string? LabelSelector, string? FieldSelector)
{
    /// <summary>The one object of this name.</summary>
    public static ObjectSelector ByName(string name) => new(null, $"metadata.name={name}");
}
