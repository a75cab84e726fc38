namespace Wego.Plugins.Charts;

/// <summary>Everything that Helm keeps of one revision of a release and that Wego shows.</summary>
/// <param name="Summary">The part that lists show.</param>
/// <param name="Notes">The rendered notes, or empty.</param>
/// <param name="Values">The values that the user gave, as JSON: an object, or <c>null</c>.</param>
/// <param name="Manifest">The rendered objects as YAML documents, hooks excluded.</param>
public sealed record StoredRelease(StoredReleaseSummary Summary, string Notes, string Values, string Manifest);
