namespace Orleans.Placement;

/// <summary>Activate where the first caller is. One process is always that place.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PreferLocalPlacementAttribute : Attribute;
