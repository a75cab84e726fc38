using System.Text.Json;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox.Deletion;

/// <summary>Which objects name an owner, by the owner's uid, and which uids exist.</summary>
internal sealed class OwnerIndex
{
    private readonly Dictionary<string, HashSet<(GroupResource Resource, ObjectKey Key)>> _dependents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (GroupResource Resource, ObjectKey Key)> _objects = new(StringComparer.Ordinal);

    public void Update(StoreChange change)
    {
        if (change.Previous is { } previous)
        {
            foreach (var owner in OwnersOf(previous))
            {
                if (_dependents.TryGetValue(owner.Uid, out var set))
                {
                    set.Remove((change.Resource, previous.Key));
                }
            }
        }

        if (change.Type == ChangeType.Deleted)
        {
            _objects.Remove(change.Current.Uid);
            return;
        }

        _objects[change.Current.Uid] = (change.Resource, change.Current.Key);
        foreach (var owner in OwnersOf(change.Current))
        {
            if (!_dependents.TryGetValue(owner.Uid, out var set))
            {
                _dependents.Add(owner.Uid, set = []);
            }

            set.Add((change.Resource, change.Current.Key));
        }
    }

    public bool Exists(string uid) => _objects.ContainsKey(uid);

    public (GroupResource Resource, ObjectKey Key)? Find(string uid) => _objects.TryGetValue(uid, out var found) ? found : null;

    public IReadOnlyList<(GroupResource Resource, ObjectKey Key)> DependentsOf(string uid) =>
        _dependents.TryGetValue(uid, out var set) ? [.. set] : [];

    public static IEnumerable<(string Uid, bool Blocks)> OwnersOf(StoredObject content)
    {
        var owners = content.Content.Find("metadata", "ownerReferences");
        if (owners.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (var owner in owners.EnumerateArray())
        {
            if (owner.TryGetProperty("uid", out var uid) && uid.GetString() is { } text)
            {
                yield return (text, owner.TryGetProperty("blockOwnerDeletion", out var blocks) && blocks.ValueKind == JsonValueKind.True);
            }
        }
    }
}
