using System.Collections.Immutable;

namespace Wego.Kubernetes;

/// <summary>What a cluster served at one time.</summary>
/// <param name="Resources">Every resource, without subresources.</param>
/// <param name="Failed">Group versions that could not be read, because the API server behind them did not answer.</param>
/// <param name="ReadAt">When.</param>
internal sealed record DiscoverySnapshot(ImmutableArray<ApiResource> Resources, ImmutableHashSet<string> Failed, DateTimeOffset ReadAt)
{
    private readonly Lazy<ILookup<string, ApiResource>> _byKind = new(() => Resources.ToLookup(r => r.Resource.ApiVersion + "/" + r.Kind, StringComparer.Ordinal));
    private readonly Lazy<Dictionary<GroupVersionResource, ApiResource>> _byResource = new(() => Resources.DistinctBy(r => r.Resource).ToDictionary(r => r.Resource));

    public ApiResource? FindKind(string apiVersion, string kind) => _byKind.Value[apiVersion + "/" + kind].FirstOrDefault();

    public ApiResource? FindGroupKind(string group, string kind) => Resources
        .Where(r => r.Resource.Group == group && r.Kind == kind)
        .MinBy(r => r.Resource.Version, ApiVersionOrder.Instance);

    public ApiResource? FindResource(GroupVersionResource resource) => _byResource.Value.GetValueOrDefault(resource);
}
