using System.Collections.Immutable;

namespace Wego.Sandbox.Storage;

/// <summary>A collection as it was at one resource version.</summary>
internal readonly record struct Snapshot(long ResourceVersion, ImmutableSortedDictionary<ObjectKey, StoredObject> Objects);
