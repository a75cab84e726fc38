namespace Wego.Sandbox.Storage;

/// <summary>
/// Reacts to committed writes before the writer gets its answer: what controllers do eventually in a cluster happens here
/// at once, so that a test sees one defined outcome. Called under the store's lock, in commit order, never recursively.
/// </summary>
internal interface IStoreReactor
{
    /// <summary>Handles one change; may write to the store.</summary>
    void React(StoreChange change);
}
