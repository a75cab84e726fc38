using Wego.Kubernetes;

namespace Wego.Testing;

/// <summary>Says which kinds a <see cref="FakeKubernetesClient"/> serves.</summary>
public sealed class FakeApiDiscovery : IApiDiscovery
{
    private readonly List<ApiResource> _resources = [];

    public FakeApiDiscovery Serve(string apiVersion, string kind, string resource, bool namespaced = true)
    {
        var (group, version) = apiVersion.Split('/') is [var g, var v] ? (g, v) : ("", apiVersion);
        _resources.Add(new ApiResource(new GroupVersionResource(group, version, resource), kind, namespaced, ["get", "list", "watch", "create", "update", "patch", "delete"]));
        return this;
    }

    public ApiResource? Find(string apiVersion, string kind) => _resources.Find(r => r.Resource.ApiVersion == apiVersion && r.Kind == kind);

    public ValueTask<ApiResource?> FindKindAsync(string apiVersion, string kind, CancellationToken cancellationToken) => new(Find(apiVersion, kind));

    public ValueTask<ApiResource?> FindGroupKindAsync(string group, string kind, CancellationToken cancellationToken) =>
        new(_resources.Find(r => r.Resource.Group == group && r.Kind == kind));

    public ValueTask<ApiResource?> FindResourceAsync(string group, string resource, IReadOnlyList<string> versions, CancellationToken cancellationToken) =>
        new(versions
            .Select(version => _resources.Find(r => r.Resource.Group == group && r.Resource.Resource == resource && r.Resource.Version == version))
            .FirstOrDefault(found => found is not null));

    public IApiDiscovery For(KubernetesIdentity identity) => this;

    public void Invalidate()
    {
    }
}
