using System.Collections.Immutable;
using Wego.Plugins;
using Wego.Plugins.Helm;

namespace Wego.Helm.Tests;

/// <summary>Charts by version.</summary>
internal sealed class TestArchives : IChartArchiveSource
{
    public Dictionary<string, byte[]> Charts { get; } = [];

    public ImmutableArray<ImagePullSecret> PullSecrets { get; set; } = [];

    public Task<ChartArchive> FetchAsync(PackageArchive archive, PluginCall call, CancellationToken cancellationToken) =>
        Task.FromResult(new ChartArchive(Charts[archive.Version], PullSecrets));
}
