using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>
/// The catalogue of one repository and its refreshes: at the repository's interval with jitter, at once when its object
/// changes in a way that matters, or on demand; one at a time. While a new one loads, and when it fails to, the old one is
/// served. A remote side that asks to wait is not asked again before. Used from the turns of the repository's grain.
/// </summary>
internal sealed partial class CatalogueHolder(IGrainBase grain, CatalogueRefresher refresher, GrainServices services, Func<CatalogueState?, Task> report) : ICatalogueSource
{
    // A header with a slip of the pen must not end refreshes for ever.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(1);

    private readonly CancellationTokenSource _stop = new();
    private KubernetesObject? _object;
    private RefreshSchedule? _schedule;
    private Catalogue? _catalogue;
    private CatalogueValidators? _validators;
    private Task? _refresh;
    private IGrainTimer? _timer;
    private PackageException? _failure;
    private string? _warning;
    private DateTimeOffset? _loadedAt;
    private string? _fetched;
    private DateTimeOffset? _notBefore;
    private bool _used;
    private int _failures;

    public CatalogueState State => new(_loadedAt, _catalogue?.Packages.Length ?? 0, _catalogue?.VersionCount ?? 0, _failure?.Message, _warning, StaleSince: null);

    /// <summary>Changes with every new catalogue.</summary>
    public string Revision => _validators?.Digest ?? "";

    /// <summary>Takes the repository's object as it is now; null where it is gone.</summary>
    public void Set(KubernetesObject? obj)
    {
        var before = _schedule;
        var schedule = obj is null ? null : refresher.ReadSchedule(obj);
        (_object, _schedule) = (obj, schedule);
        if (obj is null || schedule is null)
        {
            _timer?.Dispose();
            (_catalogue, _validators, _failure, _warning, _loadedAt, _timer, _fetched, _notBefore) = (null, null, null, null, null, null, null, null);
            (_used, _failures) = (false, 0);
            Report(null);
            return;
        }

        if (before is not null && before.Remote != schedule.Remote)
        {
            _notBefore = null;
        }

        if (before is not null && before.Fingerprint != schedule.Fingerprint && !IsThrottled)
        {
            // Another address or other credentials: what was learnt from the old ones proves nothing.
            (_validators, _failure, _failures) = (null, null, 0);
        }

        if (_used && !IsHeld && schedule.Fingerprint != _fetched)
        {
            Observe(StartUnlessThrottled());
        }
        else if (before is not null && before.Interval != schedule.Interval && _timer is not null)
        {
            ScheduleNext();
        }
    }

    /// <summary>None: what is fetched is fetched because an object says from where.</summary>
    public Task<KubernetesObject?> FindImpliedAsync(CancellationToken cancellationToken) => Task.FromResult<KubernetesObject?>(null);

    /// <summary>The catalogue; waits for the first one.</summary>
    /// <exception cref="PackageException">There is none yet and it could not be loaded.</exception>
    public async Task<Catalogue> GetAsync(CancellationToken cancellationToken)
    {
        _used = true;
        while (_catalogue is null)
        {
            if (_refresh is null && _failure is { } failure)
            {
                throw new PackageException(failure.Code, failure.Message, failure) { RetryAfter = failure.RetryAfter };
            }

            if (_object is null)
            {
                throw new PackageException(PackageErrorCode.NotFound, "The repository was deleted while its catalogue was being loaded.");
            }

            await Start().WaitAsync(cancellationToken);
        }

        return _catalogue;
    }

    /// <summary>Refreshes now, or joins the refresh under way; does nothing while the remote side has asked to wait.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken)
    {
        _used = true;
        return StartUnlessThrottled().WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _stop.Cancel();
        _stop.Dispose();
    }

    /// <summary>Suspended, with something to serve: nothing is fetched until the repository is resumed.</summary>
    private bool IsHeld => _schedule is { Suspended: true } && _catalogue is not null;

    /// <summary>The remote side has asked to wait, and the time is not over.</summary>
    private bool IsThrottled => _notBefore > services.Time.GetUtcNow();

    private Task StartUnlessThrottled() => IsThrottled && _refresh is null ? Task.CompletedTask : Start();

    private Task Start() => _refresh ??= RunAsync();

    private async Task RunAsync()
    {
        try
        {
            // Leaves the caller's turn, so that _refresh is set before anything can complete.
            await Task.Yield();
            await FetchAsync();
        }
        finally
        {
            _refresh = null;
        }

        if (_object is not null)
        {
            ScheduleNext();
            Report(State);
        }
    }

    private async Task FetchAsync()
    {
        while (_object is { } obj && _schedule is { } schedule)
        {
            _fetched = schedule.Fingerprint;
            CatalogueRefresh? refresh = null;
            PackageException? failure = null;
            try
            {
                refresh = await refresher.RefreshAsync(obj, _catalogue is null ? null : _validators, _stop.Token);
            }
            catch (PackageException e)
            {
                failure = e;
            }

            _notBefore = NotBefore(failure, schedule);
            if (schedule.Fingerprint != _schedule?.Fingerprint && !IsThrottled)
            {
                // Changed or deleted meanwhile; what came of it belongs to the old settings.
                continue;
            }

            if (refresh is null)
            {
                (_failure, _failures) = (failure, _failures + 1);
                return;
            }

            if (refresh.Catalogue is not null)
            {
                (_catalogue, _warning) = (refresh.Catalogue, refresh.Warning);
            }

            (_validators, _loadedAt, _failure, _failures) = (refresh.Validators, services.Time.GetUtcNow(), null, 0);
            return;
        }
    }

    /// <summary>When a remote side that asked to wait may be asked again. What another one said, before the object changed, does not count.</summary>
    private DateTimeOffset? NotBefore(PackageException? failure, RefreshSchedule asked) =>
        failure?.RetryAfter is { } wait && wait > TimeSpan.Zero && asked.Remote == _schedule?.Remote
            ? services.Time.GetUtcNow() + (wait < s_longestWait ? wait : s_longestWait)
            : null;

    private void ScheduleNext()
    {
        if (_schedule is not { } schedule || _stop.IsCancellationRequested)
        {
            return;
        }

        var interval = schedule.Interval < services.Options.MinRefreshInterval ? services.Options.MinRefreshInterval : schedule.Interval;
        var due = _notBefore - services.Time.GetUtcNow() is { } wait && wait > TimeSpan.Zero ? wait + Backoff.Delay(0, services.Options.RetryDelay, interval)
            : _failures == 0 ? Backoff.Jitter(interval)
            : Backoff.Delay(_failures - 1, services.Options.RetryDelay, interval);
        _timer?.Dispose();
        _timer = grain.RegisterGrainTimer(
            static (self, _) => self.TickAsync(),
            this,
            new GrainTimerCreationOptions { DueTime = due, Period = Timeout.InfiniteTimeSpan, Interleave = true });
    }

    private Task TickAsync()
    {
        if (IsHeld)
        {
            ScheduleNext();
            return Task.CompletedTask;
        }

        return Start();
    }

    private void Report(CatalogueState? state) => Observe(report(state));

    private void Observe(Task task) => _ = ObserveAsync(task);

    private async Task ObserveAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Deactivated meanwhile.
        }
        catch (Exception e)
        {
            LogLost(services.Logger, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Work of a repository's grain that nobody waits for failed.")]
    private static partial void LogLost(ILogger logger, Exception exception);
}
