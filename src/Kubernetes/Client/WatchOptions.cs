namespace Wego.Kubernetes;

/// <summary>What to watch, from where.</summary>
/// <param name="ResourceVersion">Changes after this version; null starts with the present state as ADDED events.</param>
/// <param name="LabelSelector">Null for all.</param>
/// <param name="FieldSelector">Null for all.</param>
/// <param name="Timeout">After which the API server ends the watch; null leaves it to the server.</param>
/// <param name="MetadataOnly">Ask for <c>PartialObjectMetadata</c>.</param>
/// <param name="Opened">Called once, when the API server has accepted the watch and before its first event; null for nobody.</param>
public sealed record WatchOptions(
    string? ResourceVersion = null,
    string? LabelSelector = null,
    string? FieldSelector = null,
    TimeSpan? Timeout = null,
    bool MetadataOnly = false,
    Action? Opened = null);
