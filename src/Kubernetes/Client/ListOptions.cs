namespace Wego.Kubernetes;

/// <summary>Which part of a collection to list.</summary>
/// <param name="Limit">At most this many items; 0 for no limit.</param>
/// <param name="Continue">The token of the previous page, or null for the first.</param>
/// <param name="LabelSelector">Null for all.</param>
/// <param name="FieldSelector">Null for all.</param>
/// <param name="ResourceVersion">Null for the most recent; <c>0</c> for whatever the API server has cached.</param>
/// <param name="MetadataOnly">Ask for <c>PartialObjectMetadata</c>.</param>
public sealed record ListOptions(
    int Limit = 0,
    string? Continue = null,
    string? LabelSelector = null,
    string? FieldSelector = null,
    string? ResourceVersion = null,
    bool MetadataOnly = false);
