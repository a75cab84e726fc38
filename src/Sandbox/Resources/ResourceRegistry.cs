using System.Collections.Immutable;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox.Resources;

/// <summary>Every resource the server serves now. Reads are lock-free; CRDs come and go.</summary>
internal sealed class ResourceRegistry
{
    private ImmutableDictionary<GroupResource, ResourceDefinition> _resources =
        BuiltInResources.All.ToImmutableDictionary(r => r.GroupResource);

    public IEnumerable<ResourceDefinition> All => _resources.Values.OrderBy(r => r.Group, StringComparer.Ordinal).ThenBy(r => r.Resource, StringComparer.Ordinal);

    public ResourceDefinition? Find(GroupResource resource) => _resources.GetValueOrDefault(resource);

    /// <summary>The resource if it is served in that version.</summary>
    public ResourceDefinition? Find(string group, string version, string resource) =>
        _resources.TryGetValue(new GroupResource(group, resource), out var found) && found.Version(version) is not null ? found : null;

    public ResourceDefinition? FindKind(string group, string kind) =>
        _resources.Values.FirstOrDefault(r => string.Equals(r.Group, group, StringComparison.Ordinal) && string.Equals(r.Kind, kind, StringComparison.Ordinal));

    public void Register(ResourceDefinition resource) => ImmutableInterlocked.AddOrUpdate(ref _resources, resource.GroupResource, resource, (_, _) => resource);

    public void Remove(GroupResource resource) => ImmutableInterlocked.TryRemove(ref _resources, resource, out _);
}
