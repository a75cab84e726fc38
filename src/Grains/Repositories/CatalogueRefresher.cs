using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Tenants;

namespace Wego.Grains;

/// <summary>
/// Fetches a catalogue beside the turns of the repository's grain: parsing a large index takes seconds, during which the
/// grain must go on answering from the old one.
/// </summary>
internal sealed partial class CatalogueRefresher(IRepositoryFormat format, RepositoryRef repository, IKubernetesClient client, SharedCapacity capacity, GrainServices services)
{
    public RefreshSchedule ReadSchedule(KubernetesObject obj) => format.ReadSchedule(obj);

    public Task<CatalogueRefresh> RefreshAsync(KubernetesObject obj, CatalogueValidators? previous, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(
            () => FetchAsync(obj, previous, cancellationToken),
            cancellationToken,
            TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default).Unwrap();

    private async Task<CatalogueRefresh> FetchAsync(KubernetesObject obj, CatalogueValidators? previous, CancellationToken cancellationToken)
    {
        using var turn = await capacity.Refreshes.EnterAsync($"{repository.Cluster}/{repository.Namespace}", cancellationToken);
        var started = services.Time.GetTimestamp();
        using var activity = GrainTelemetry.Activities.StartActivity("refresh catalogue");
        activity?.SetTag("wego.plugin", repository.Plugin.Name);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = services.Time.CreateTimer(static s => ((CancellationTokenSource)s!).Cancel(), deadline, services.Options.RefreshTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            var refresh = await format.RefreshAsync(repository, obj, previous, new PluginCall(client, KubernetesIdentity.Service), deadline.Token);
            GrainTelemetry.Refreshed(repository.Plugin.Name, refresh.Catalogue is null ? "unchanged" : "loaded", services.Time.GetElapsedTime(started));
            if (refresh.Catalogue is { } catalogue)
            {
                LogLoaded(services.Logger, repository.Namespace, repository.Name, catalogue.Packages.Length, catalogue.VersionCount);
            }

            return refresh;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var failure = e switch
            {
                PackageException known => known,
                KubernetesException kubernetes => KubernetesErrors.TranslateOwn(kubernetes, $"read what repository {repository.Namespace}/{repository.Name} refers to"),
                OperationCanceledException => new PackageException(
                    PackageErrorCode.DeadlineExceeded,
                    $"Repository {repository.Namespace}/{repository.Name} was not fetched within {services.Options.RefreshTimeout.TotalSeconds:0} s."),
                _ => new PackageException(PackageErrorCode.Internal, $"Repository {repository.Namespace}/{repository.Name} could not be read: {e.GetType().Name}.", e),
            };
            if (failure.Code == PackageErrorCode.Internal)
            {
                LogBug(services.Logger, e, repository.Namespace, repository.Name);
            }
            else
            {
                LogFailed(services.Logger, repository.Namespace, repository.Name, failure.Message);
            }

            activity?.SetStatus(ActivityStatusCode.Error, failure.Code.ToString());
            GrainTelemetry.Refreshed(repository.Plugin.Name, "failed", services.Time.GetElapsedTime(started));
            throw failure;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Repository {Namespace}/{Name}: {Packages} packages in {Versions} versions.")]
    private static partial void LogLoaded(ILogger logger, string @namespace, string name, int packages, int versions);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Repository {Namespace}/{Name} could not be refreshed: {Reason}")]
    private static partial void LogFailed(ILogger logger, string @namespace, string name, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Repository {Namespace}/{Name} could not be refreshed because of a fault in Wego.")]
    private static partial void LogBug(ILogger logger, Exception exception, string @namespace, string name);
}
