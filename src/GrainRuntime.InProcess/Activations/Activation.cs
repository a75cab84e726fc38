using Orleans;
using Orleans.Runtime;

namespace Wego.GrainRuntime;

/// <summary>One object of a grain class, from its first request to its deactivation.</summary>
internal sealed class Activation : IGrainContext
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RequestQueue _requests;
    private readonly HashSet<GrainTimer> _timers = [];
    private GrainReference? _reference;
    private AsyncServiceScope _services;
    private ActivationState _state;
    private DeactivationReason? _endRequested;
    private CancellationToken _hurry;
    private bool _ending;
    private long _lastUse;
    private long? _keepAliveUntil;

    public Activation(Silo silo, GrainId id, GrainClass grainClass)
    {
        Silo = silo;
        GrainId = id;
        Class = grainClass;
        Scheduler = new ActivationScheduler(this);
        _requests = new RequestQueue(this);
        Streams = new StreamTable(this);
        _lastUse = silo.Clock.GetTimestamp();
    }

    public Silo Silo { get; }

    public GrainId GrainId { get; }

    public GrainClass Class { get; }

    public ActivationScheduler Scheduler { get; }

    public StreamTable Streams { get; }

    public object? GrainInstance { get; private set; }

    public IServiceProvider ActivationServices => _services.ServiceProvider;

    public Task Deactivated => _ended.Task;

    public GrainReference GrainReference =>
        _reference ??= ReferenceFactory.Create(Class.Interfaces[0], new GrainChannel(Silo, GrainId, Class));

    /// <summary>The activation of a grain object.</summary>
    /// <exception cref="InvalidOperationException">The object was not made by the runtime.</exception>
    public static Activation Of(IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain.GrainContext as Activation
            ?? throw new InvalidOperationException($"{grain.GetType()} was not made by the grain runtime: get it from IGrainFactory.GetGrain.");
    }

    /// <summary>Takes a request; false once the activation has ended.</summary>
    public bool TryReceive(Request request)
    {
        lock (_gate)
        {
            switch (_state)
            {
                case ActivationState.Ended:
                    return false;
                case ActivationState.Valid when _requests.TryStart(request):
                    Scheduler.Start(request);
                    return true;
                case ActivationState.Created:
                    _state = ActivationState.Activating;
                    Scheduler.Start(ActivateAsync);
                    break;
            }

            _requests.Wait(request);
            return true;
        }
    }

    /// <summary>Called in the turn in which a request ends.</summary>
    public void OnCompleted(Request request)
    {
        lock (_gate)
        {
            _requests.Complete(request);
            if (request.IsUse)
            {
                _lastUse = Silo.Clock.GetTimestamp();
            }

            Proceed();
        }
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_state is ActivationState.Deactivating or ActivationState.Ended)
            {
                return;
            }

            _hurry = cancellationToken;
            _endRequested ??= deactivationReason;
            if (_state is ActivationState.Valid)
            {
                BeginEnd();
            }
            else if (_state is ActivationState.Created)
            {
                End();
            }
        }
    }

    /// <summary>Deactivates it where it has been idle for the age that its class allows.</summary>
    public void CollectIfIdle()
    {
        lock (_gate)
        {
            if (_state is not ActivationState.Valid || !_requests.IsIdle || Class.CollectionAge is not { } age)
            {
                return;
            }

            var now = Silo.Clock.GetTimestamp();
            if (now < _keepAliveUntil || Silo.Clock.GetElapsedTime(_lastUse, now) < age)
            {
                return;
            }

            _endRequested ??= new DeactivationReason(DeactivationReasonCode.ActivationIdle, $"No request for {age}.");
            BeginEnd();
        }
    }

    public void DelayDeactivation(TimeSpan time)
    {
        lock (_gate)
        {
            _keepAliveUntil = time == TimeSpan.MaxValue || time == Timeout.InfiniteTimeSpan
                ? long.MaxValue
                : time <= TimeSpan.Zero ? null : Silo.Clock.GetTimestamp() + (long)(time.TotalSeconds * Silo.Clock.TimestampFrequency);
        }
    }

    public IGrainTimer RegisterTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var timer = new GrainTimer(this, callback, options);
        lock (_gate)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    public void Forget(GrainTimer timer)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
        }
    }

    public void EnterReentrantSection(Guid id)
    {
        lock (_gate)
        {
            _requests.EnterReentrantSection(id);
            Proceed();
        }
    }

    public void LeaveReentrantSection(Guid id)
    {
        lock (_gate)
        {
            _requests.LeaveReentrantSection(id);
        }
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => GrainId.ToString();

    /// <summary>Starts what may start, or ends the activation once nothing runs. Called under the lock.</summary>
    private void Proceed()
    {
        if (_state is ActivationState.Valid)
        {
            while (_requests.StartNext() is { } request)
            {
                Scheduler.Start(request);
            }
        }
        else if (_state is ActivationState.Deactivating && !_requests.HasRunning && !_ending)
        {
            _ending = true;
            Scheduler.Start(DeactivateAsync);
        }
    }

    /// <summary>Called under the lock.</summary>
    private void BeginEnd()
    {
        _state = ActivationState.Deactivating;
        Scheduler.Start(() =>
        {
            Streams.Abort();
            return Task.CompletedTask;
        });
        Proceed();
    }

    private async Task ActivateAsync()
    {
        try
        {
            lock (_gate)
            {
                RequestContext.Values = _requests.FirstContext;
            }

            _services = Silo.Services.CreateAsyncScope();
            GrainInstance = Class.Create(ActivationServices);
            if (GrainInstance is IGrainBase grain)
            {
                using var timeout = new CancellationTokenSource(Silo.Collection.ActivationTimeout, Silo.Clock);
                await WithinAsync(grain.OnActivateAsync(timeout.Token), "OnActivateAsync", Silo.Collection.ActivationTimeout, timeout.Token);
            }
        }
        catch (Exception e)
        {
            await FailAsync(e);
            return;
        }

        Silo.Instruments.Created.Add(1);
        lock (_gate)
        {
            _state = ActivationState.Valid;
            _lastUse = Silo.Clock.GetTimestamp();
            Proceed();
            if (_endRequested is not null)
            {
                BeginEnd();
            }
        }
    }

    private async Task WithinAsync(Task turn, string method, TimeSpan limit, CancellationToken timeout)
    {
        try
        {
            await turn.WaitAsync(timeout);
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested)
        {
            throw new TimeoutException($"{method} of {GrainId} did not complete within {limit}.", e);
        }
    }

    private async Task FailAsync(Exception exception)
    {
        Silo.Instruments.FailedToActivate.Add(1);
        Log.ActivationFailed(Silo.Logger, GrainId, exception);
        await ReleaseAsync();
        foreach (var request in End())
        {
            request.TryFail(exception);
        }
    }

    private async Task DeactivateAsync()
    {
        var reason = _endRequested!.Value;
        Log.Deactivating(Silo.Logger, GrainId, reason);
        try
        {
            DisposeTimers();
            if (GrainInstance is IGrainBase grain)
            {
                var limit = Silo.Collection.DeactivationTimeout;
                using var timeout = new CancellationTokenSource(limit, Silo.Clock);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _hurry);
                await WithinAsync(grain.OnDeactivateAsync(reason, either.Token), "OnDeactivateAsync", limit, either.Token);
            }
        }
        catch (Exception e)
        {
            Log.DeactivationFailed(Silo.Logger, GrainId, e);
        }

        await Streams.EndAsync();
        await ReleaseAsync();
        Silo.Instruments.Destroyed.Add(1);
        foreach (var request in End())
        {
            if (request.CanMove)
            {
                Silo.Catalog.Send(GrainId, Class, request);
            }
            else
            {
                request.TryFail(new EnumerationAbortedException($"{GrainId} ended the enumeration: it was deactivated."));
            }
        }
    }

    private async Task ReleaseAsync()
    {
        DisposeTimers();
        try
        {
            if (GrainInstance is IAsyncDisposable asynchronous)
            {
                await asynchronous.DisposeAsync();
            }
            else
            {
                (GrainInstance as IDisposable)?.Dispose();
            }

            await _services.DisposeAsync();
        }
        catch (Exception e)
        {
            Log.DisposalFailed(Silo.Logger, GrainId, e);
        }
    }

    private void DisposeTimers()
    {
        GrainTimer[] timers;
        lock (_gate)
        {
            timers = [.. _timers];
        }

        foreach (var timer in timers)
        {
            timer.Dispose();
        }
    }

    /// <summary>Leaves the catalog and gives up the requests that still wait.</summary>
    private List<Request> End()
    {
        Silo.Catalog.Remove(this);
        lock (_gate)
        {
            _state = ActivationState.Ended;
            _ended.TrySetResult();
            return _requests.TakeWaiting();
        }
    }
}
