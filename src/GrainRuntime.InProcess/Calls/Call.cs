using System.Diagnostics;
using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Wego.GrainRuntime;

/// <summary>
/// A call of an interface method. The generated class of each method holds the arguments in fields <c>Arg0</c>,
/// <c>Arg1</c>, … and the cancellation token in <see cref="Token"/>.
/// </summary>
internal abstract class Call : Request, IInvokable
{
    /// <summary>The argument of the token parameter: what the caller passed until <see cref="Prepare"/>, then the callee's own.</summary>
    public CancellationToken Token;

    private CancellationTokenSource? _calleeCancellation;
    private CancellationTokenRegistration _callerCancellation;
    private ActivityContext _parent;

    protected Call() => Context = RequestContext.Values;

    public GrainMethod Method { get; private set; } = null!;

    public override RequestOptions Options => Method.Options;

    /// <summary>Until when the caller waits, in timestamps of the clock. Kept by <see cref="PendingCalls"/>.</summary>
    public long Deadline { get; set; }

    public Call? Previous { get; set; }

    public Call? Next { get; set; }

    public PendingCalls.Stripe? Stripe { get; set; }

    protected Silo Silo { get; private set; } = null!;

    /// <summary>
    /// Readies the call for sending. The callee gets a token of its own, cancelled on its scheduler, so that callbacks
    /// registered with it are turns.
    /// </summary>
    public void Prepare(Silo silo, GrainMethod method, ActivityContext parent)
    {
        Silo = silo;
        Method = method;
        _parent = parent;
        if (!method.Options.HasFlag(RequestOptions.OneWay))
        {
            silo.PendingCalls.Add(this, method.ResponseTimeout ?? silo.ResponseTimeout);
        }

        if (Token.CanBeCanceled)
        {
            var caller = Token;
            _calleeCancellation = new CancellationTokenSource();
            Token = _calleeCancellation.Token;
            _callerCancellation = caller.UnsafeRegister(static (state, token) => ((Call)state!).Cancel(token), this);
        }
    }

    public bool TimeOut()
    {
        var timeout = Method.ResponseTimeout ?? Silo.ResponseTimeout;
        var done = TryFail(new TimeoutException(
            $"{Method.ActivityName} did not complete within {timeout}{(IsStarted ? $"; it still runs on {Activation!.GrainId}" : "; it never started, as other requests kept the grain busy")}."));
        if (done)
        {
            Silo.Instruments.TimedOut.Add(1);
            if (Silo.CancelOnTimeout)
            {
                CancelCallee();
            }
        }

        return done;
    }

    /// <summary>Runs the call on an object that is not a grain. Never throws.</summary>
    public async Task ExecuteOutsideAsync(object target)
    {
        if (IsDone)
        {
            return;
        }

        RequestContext.Values = Context;
        try
        {
            await InvokeMethodAsync(target);
            Succeed();
        }
        catch (Exception e)
        {
            TryFail(e);
        }
    }

    public override string ToString() => Method.ActivityName;

    object? IInvokable.GetTarget() => Activation?.GrainInstance;

    int IInvokable.GetArgumentCount()
    {
        var count = 0;
        while (ArgumentField(count) is not null)
        {
            count++;
        }

        return count;
    }

    object? IInvokable.GetArgument(int index) =>
        (ArgumentField(index) ?? throw new ArgumentOutOfRangeException(nameof(index))).GetValue(this);

    string IInvokable.GetMethodName() => Method.Method.Name;

    string IInvokable.GetInterfaceName() => Method.InterfaceName;

    string IInvokable.GetActivityName() => Method.ActivityName;

    MethodInfo IInvokable.GetMethod() => Method.Method;

    Type IInvokable.GetInterfaceType() => Method.Method.DeclaringType!;

    TimeSpan? IInvokable.GetDefaultResponseTimeout() => Method.ResponseTimeout;

    CancellationToken IInvokable.GetCancellationToken() => Token;

    void IDisposable.Dispose()
    {
    }

    protected override async ValueTask InvokeAsync(Activation activation, object target)
    {
        using var activity = Tracing.StartServer(this, _parent, activation.GrainId);
        try
        {
            await InvokeMethodAsync(target);
        }
        catch (Exception e)
        {
            Tracing.Fail(activity, e);
            throw;
        }
    }

    /// <summary>Calls the method and keeps its result.</summary>
    protected internal abstract ValueTask InvokeMethodAsync(object target);

    /// <summary>Ends the caller's wait with a cancellation; false where it ended before.</summary>
    protected abstract bool TryCancel(CancellationToken token);

    /// <summary>To be called once the outcome is known.</summary>
    protected void Settle()
    {
        Stripe?.Remove(this);
        _callerCancellation.Unregister();
    }

    private FieldInfo? ArgumentField(int index) => GetType().GetField($"Arg{index}");

    private void Cancel(CancellationToken token)
    {
        if (TryCancel(token))
        {
            Silo.Instruments.Canceled.Add(1);
        }

        CancelCallee();
    }

    private void CancelCallee()
    {
        if (IsStarted && _calleeCancellation is { } cancellation)
        {
            Activation!.Scheduler.Cancel(cancellation);
        }
    }
}
