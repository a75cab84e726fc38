namespace Wego.Sandbox.Storage;

/// <summary>One committed write.</summary>
/// <param name="Resource">The collection.</param>
/// <param name="Type">What happened.</param>
/// <param name="Current">The object after the write; of a deletion, its last state with the resource version of the deletion.</param>
/// <param name="Previous">The object before the write; null where it was added.</param>
internal sealed record StoreChange(GroupResource Resource, ChangeType Type, StoredObject Current, StoredObject? Previous)
{
    public long ResourceVersion => Current.ResourceVersion;
}
