using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Wego.Grains;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Frontend;

/// <summary>
/// Lets the directories of every plugin and cluster make their first lists as soon as the server has started, so that the first
/// caller finds them made, or at least begun. A cluster that cannot be reached is left to those who ask for it.
/// </summary>
internal sealed partial class DirectorySync(
    IPluginRegistry plugins, IKubernetesClients clusters, IGrainFactory grains, IHostApplicationLifetime lifetime, ILogger<DirectorySync> logger) : BackgroundService
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends once each directory has made its first lists, or has failed to; never fails.</summary>
    public Task Ended => _ended.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        await Task.WhenAll(
            from cluster in clusters.Names
            from plugin in plugins.Plugins
            where plugin.Packages is not null || plugin.Repositories is not null
            select SyncAsync(plugin.Id, cluster, stoppingToken));
        _ended.SetResult();
    }

    private async Task SyncAsync(PluginId plugin, string cluster, CancellationToken cancellationToken)
    {
        try
        {
            await grains.GetDirectory(plugin, cluster).SyncAsync(cancellationToken);
            Synced(logger, plugin.Name, cluster);
        }
        catch (Exception e)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                NotSynced(logger, plugin.Name, cluster, e.Message);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "The directory of {Plugin} in cluster {Cluster} has made its first lists")]
    private static partial void Synced(ILogger logger, string plugin, string cluster);

    [LoggerMessage(2, LogLevel.Information, "The directory of {Plugin} in cluster {Cluster} goes on trying to make its first lists: {Reason}")]
    private static partial void NotSynced(ILogger logger, string plugin, string cluster, string reason);
}
