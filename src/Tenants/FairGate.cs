namespace Wego.Tenants;

/// <summary>
/// Lets a number of holders in at a time. Who waits is let in by turns: one of each party that waits, then the next of each, so that a
/// party that asks a thousand times delays another one that asks once by no more than one turn. Own code because the limiters of
/// <c>System.Threading.RateLimiting</c> keep one queue, in which the thousand would come first.
/// </summary>
/// <param name="total">How many in all.</param>
/// <param name="each">How many of one party.</param>
/// <param name="waiting">How many may wait in all.</param>
/// <param name="waitingEach">How many of one party may wait.</param>
public sealed class FairGate(int total, int each, int waiting = int.MaxValue, int waitingEach = int.MaxValue)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Party> _parties = new(StringComparer.Ordinal);
    private readonly LinkedList<Party> _turns = new();
    private int _held;
    private int _waiting;

    /// <summary>Whether nobody is in and nobody waits.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _held == 0 && _waiting == 0;
            }
        }
    }

    /// <summary>Waits to be let in. Whoever disposes of the result makes way for the next.</summary>
    /// <param name="key">The party.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null, at once, where too many wait already.</returns>
    public ValueTask<IDisposable?> EnterAsync(string key, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_gate)
        {
            if (!_parties.TryGetValue(key, out var party))
            {
                _parties[key] = party = new Party(key);
            }

            if (_held < total && party.Held < each && party.Waiters.Count == 0)
            {
                return new ValueTask<IDisposable?>(Hold(party));
            }

            if (_waiting >= waiting || party.Waiters.Count >= waitingEach)
            {
                Forget(party);
                return new ValueTask<IDisposable?>(result: null);
            }

            waiter = new Waiter(party);
            waiter.Place = party.Waiters.AddLast(waiter);
            _waiting++;
            if (party.Turn.List is null)
            {
                _turns.AddLast(party.Turn);
            }
        }

        return new ValueTask<IDisposable?>(WaitAsync(waiter, cancellationToken));
    }

    private async Task<IDisposable?> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(static (w, token) => ((Waiter)w!).Entered.TrySetCanceled(token), waiter);
        try
        {
            return await waiter.Entered.Task;
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                Leave(waiter);
                Forget(waiter.Party);
            }

            throw;
        }
    }

    private Lease Hold(Party party)
    {
        _held++;
        party.Held++;
        return new Lease(this, party);
    }

    private void Release(Party party)
    {
        lock (_gate)
        {
            _held--;
            party.Held--;
            Admit();
            Forget(party);
        }
    }

    private void Admit()
    {
        var node = _turns.First;
        while (_held < total && node is not null)
        {
            var next = node.Next;
            var party = node.Value;
            if (party.Held < each && party.Waiters.First is { } first)
            {
                var waiter = first.Value;
                Leave(waiter);
                if (node.List is not null)
                {
                    // The others come first now.
                    _turns.Remove(node);
                    _turns.AddLast(node);
                }

                var lease = Hold(party);
                if (!waiter.Entered.TrySetResult(lease))
                {
                    lease.Revoke();
                    _held--;
                    party.Held--;
                }

                next = _turns.First;
            }

            node = next;
        }
    }

    private void Leave(Waiter waiter)
    {
        if (waiter.Place?.List is null)
        {
            return;
        }

        waiter.Party.Waiters.Remove(waiter.Place);
        _waiting--;
        if (waiter.Party.Waiters.Count == 0 && waiter.Party.Turn.List is not null)
        {
            _turns.Remove(waiter.Party.Turn);
        }
    }

    private void Forget(Party party)
    {
        if (party.Held == 0 && party.Waiters.Count == 0)
        {
            _parties.Remove(party.Key);
        }
    }

    private sealed class Party
    {
        public Party(string key) => (Key, Turn) = (key, new LinkedListNode<Party>(this));

        public string Key { get; }

        public LinkedListNode<Party> Turn { get; }

        public LinkedList<Waiter> Waiters { get; } = new();

        public int Held { get; set; }
    }

    private sealed class Waiter(Party party)
    {
        public Party Party => party;

        public LinkedListNode<Waiter>? Place { get; set; }

        public TaskCompletionSource<IDisposable?> Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Lease(FairGate gate, Party party) : IDisposable
    {
        private int _released;

        public void Revoke() => _released = 1;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                gate.Release(party);
            }
        }
    }
}
