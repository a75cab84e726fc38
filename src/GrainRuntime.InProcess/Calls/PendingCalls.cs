namespace Wego.GrainRuntime;

/// <summary>
/// The calls whose outcome is not known, so that those past their deadline can be ended. One clock timer sweeps them all:
/// arming a timer for each call would cost more than the call. The lists are split by processor to keep the locks free.
/// </summary>
internal sealed class PendingCalls : IDisposable
{
    private static readonly TimeSpan s_longestPeriod = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _clock;
    private readonly Stripe[] _stripes;
    private readonly ITimer _timer;

    public PendingCalls(TimeProvider clock, TimeSpan timeout)
    {
        _clock = clock;
        _stripes = new Stripe[Environment.ProcessorCount];
        for (var i = 0; i < _stripes.Length; i++)
        {
            _stripes[i] = new Stripe();
        }

        var period = timeout < s_longestPeriod ? timeout : s_longestPeriod;
        using (ExecutionContext.SuppressFlow())
        {
            _timer = clock.CreateTimer(static state => ((PendingCalls)state!).Sweep(), this, period, period);
        }
    }

    public void Add(Call call, TimeSpan timeout)
    {
        call.Deadline = timeout == Timeout.InfiniteTimeSpan
            ? long.MaxValue
            : _clock.GetTimestamp() + (long)(timeout.TotalSeconds * _clock.TimestampFrequency);
        var stripe = _stripes[Thread.GetCurrentProcessorId() % _stripes.Length];
        lock (stripe)
        {
            stripe.Add(call);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Sweep()
    {
        var now = _clock.GetTimestamp();
        foreach (var stripe in _stripes)
        {
            List<Call>? late = null;
            lock (stripe)
            {
                for (var call = stripe.First; call is not null; call = call.Next)
                {
                    if (call.Deadline <= now)
                    {
                        (late ??= []).Add(call);
                    }
                }
            }

            late?.ForEach(static call => call.TimeOut());
        }
    }

    /// <summary>One of the lists, and its lock.</summary>
    internal sealed class Stripe
    {
        public Call? First { get; private set; }

        public void Add(Call call)
        {
            call.Stripe = this;
            call.Next = First;
            if (First is { } first)
            {
                first.Previous = call;
            }

            First = call;
        }

        public void Remove(Call call)
        {
            lock (this)
            {
                if (call.Stripe is null)
                {
                    return;
                }

                if (call.Previous is { } previous)
                {
                    previous.Next = call.Next;
                }
                else
                {
                    First = call.Next;
                }

                if (call.Next is { } next)
                {
                    next.Previous = call.Previous;
                }

                call.Stripe = null;
                call.Previous = null;
                call.Next = null;
            }
        }
    }
}
