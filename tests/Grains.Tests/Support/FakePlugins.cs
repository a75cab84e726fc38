using Wego.Plugins;

namespace Wego.Grains.Tests;

/// <summary>One plugin with packages and repositories of the fake formats, one whose catalogues lie in the cluster, one with nothing.</summary>
internal sealed class FakePlugins : IPluginRegistry
{
    public static readonly PluginId Id = new("fake.packages", "v1");

    public static readonly PluginId Bare = new("bare.packages", "v1");

    public static readonly PluginId Watched = new("watched.packages", "v1");

    public FakeWatchedFormat WatchedRepositories { get; } = new();

    public FakeRepositoryFormat Repositories { get; } = new();

    public FakePackageFormat Packages { get; } = new();

    public IReadOnlyList<RegisteredPlugin> Plugins => [new(Bare, null, null), new(Id, Packages, Repositories), new(Watched, null, WatchedRepositories)];

    public RegisteredPlugin? Find(string name) => Plugins.FirstOrDefault(p => p.Id.Name == name);
}
