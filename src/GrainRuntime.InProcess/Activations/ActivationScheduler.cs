using Orleans.Runtime;

namespace Wego.GrainRuntime;

/// <summary>
/// Runs the turns of one activation, one after the other, on the thread pool. Continuations of awaits inside the
/// activation come back here, as they do for any task scheduler.
/// </summary>
internal sealed class ActivationScheduler(Activation activation) : TaskScheduler, IThreadPoolWorkItem
{
    /// <summary>After so many turns the thread is given back, so that a busy activation does not keep others waiting.</summary>
    private const int MaxTurns = 128;

    private readonly Lock _gate = new();
    private readonly Queue<object> _turns = new();
    private bool _scheduled;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Starts a request.</summary>
    public void Start(Request request) => Enqueue(request);

    /// <summary>Runs an asynchronous method that never throws.</summary>
    public void Start(Func<Task> method) => Enqueue(method);

    /// <summary>Cancels a source of the activation, so that callbacks registered with its token are turns.</summary>
    public void Cancel(CancellationTokenSource source) => Start(() =>
    {
        try
        {
            // CancelAsync would run the callbacks elsewhere.
            source.Cancel();
        }
        catch (Exception e)
        {
            Log.CancellationFailed(activation.Silo.Logger, activation.GrainId, e);
        }

        return Task.CompletedTask;
    });

    void IThreadPoolWorkItem.Execute()
    {
        RuntimeContext.Current = activation;
        try
        {
            for (var i = 0; i < MaxTurns; i++)
            {
                object? turn;
                lock (_gate)
                {
                    if (!_turns.TryDequeue(out turn))
                    {
                        _scheduled = false;
                        return;
                    }
                }

                // The clean execution context of the pool is what a request starts from: only the request context flows.
                switch (turn)
                {
                    case Request request:
                        new Task(static state => Execute((Request)state!), request).RunSynchronously(this);
                        break;
                    case Func<Task> method:
                        new Task(static state => _ = ((Func<Task>)state!)(), method).RunSynchronously(this);
                        break;
                    default:
                        TryExecuteTask((Task)turn);
                        break;
                }
            }
        }
        finally
        {
            RuntimeContext.Current = null;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    protected override void QueueTask(Task task) => Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(RuntimeContext.Current, activation) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate)
        {
            return [.. _turns.OfType<Task>()];
        }
    }

    private static void Execute(Request request) => _ = request.ExecuteAsync(RuntimeContext.Current!);

    private void Enqueue(object turn)
    {
        lock (_gate)
        {
            _turns.Enqueue(turn);
            if (_scheduled)
            {
                return;
            }

            _scheduled = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }
}
