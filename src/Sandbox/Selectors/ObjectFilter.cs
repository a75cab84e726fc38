using Wego.Sandbox.Storage;

namespace Wego.Sandbox.Selectors;

/// <summary>What of a collection a listing or a watch is about.</summary>
internal sealed record ObjectFilter(string Namespace, string Name, LabelSelector Labels, FieldSelector Fields)
{
    /// <summary>Whether labels or fields restrict it, which makes the number of remaining items unknown.</summary>
    public bool IsSelective => !Labels.IsEmpty || !Fields.IsEmpty;

    public bool Matches(StoredObject candidate) =>
        (Namespace.Length == 0 || string.Equals(candidate.Key.Namespace, Namespace, StringComparison.Ordinal))
        && (Name.Length == 0 || string.Equals(candidate.Key.Name, Name, StringComparison.Ordinal))
        && Labels.Matches(candidate.Content.Find("metadata", "labels"))
        && Fields.Matches(candidate.Content);
}
