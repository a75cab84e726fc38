using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Wego.Sandbox.Authentication;
using Wego.Sandbox.Serving;
using Wego.Sandbox.Storage;
using Wego.Sandbox.Watching;

namespace Wego.Sandbox;

/// <summary>Makes the sandbox misbehave as clusters do.</summary>
public sealed class SandboxFaults
{
    private readonly ObjectStore _store;
    private readonly WatchControl _watches;
    private readonly TokenAuthenticator _tokens;
    private readonly TimeProvider _clock;
    private ImmutableList<Entry> _entries = [];
    private volatile bool _down;

    internal SandboxFaults(ObjectStore store, WatchControl watches, TokenAuthenticator tokens, TimeProvider clock)
    {
        _store = store;
        _watches = watches;
        _tokens = tokens;
        _clock = clock;
    }

    /// <summary>Adds a fault for the requests a predicate picks (null for all). Disposing the result removes it.</summary>
    public IDisposable Add(SandboxFault fault, Func<SandboxRequest, bool>? when = null)
    {
        var entry = new Entry(fault, when ?? (_ => true));
        ImmutableInterlocked.Update(ref _entries, list => list.Add(entry));
        return new Removal(this, entry);
    }

    /// <summary>Removes all faults and comes back where the server was down.</summary>
    public void Clear()
    {
        _entries = [];
        _down = false;
    }

    /// <summary>Ends every open watch as if its timeout had come.</summary>
    public void DropWatches() => _watches.Drop();

    /// <summary>Breaks the connection of every open watch in the middle of the stream.</summary>
    public void BreakWatches() => _watches.Abort();

    /// <summary>Forgets the history: open watches end with an in-stream 410, and resuming from any earlier resource version or continue token is answered with 410.</summary>
    public void ExpireHistory()
    {
        _store.Expire();
        _watches.Expire();
    }

    /// <summary>Forgets the history as every API server does after minutes: open watches go on, older resource versions and continue tokens are answered with 410.</summary>
    public void CompactHistory() => _store.Compact();

    /// <summary>Makes a token expire now: it is answered with 401 from here on. Open watches stay open, as they do in a cluster.</summary>
    public void ExpireToken(string token) => _tokens.Expire(token);

    /// <summary>Goes down: open watches break, and so does the connection of every request until <see cref="ComeBack"/>.</summary>
    public void GoDown()
    {
        _down = true;
        _watches.Abort();
    }

    /// <summary>Ends <see cref="GoDown"/>.</summary>
    public void ComeBack() => _down = false;

    /// <summary>Comes back with the same objects but a new history, as after a restore from a backup: resource versions begin again.</summary>
    public void RestartWithNewHistory()
    {
        _watches.Abort();
        _store.Restart();
    }

    /// <summary>Lets the faults strike.</summary>
    /// <returns>Whether the request is dealt with.</returns>
    /// <exception cref="ApiException">The fault's status.</exception>
    internal async Task<bool> StrikeAsync(HttpContext http, SandboxRequest request, CancellationToken cancellationToken)
    {
        if (_down)
        {
            http.Abort();
            return true;
        }

        foreach (var entry in _entries)
        {
            if (!entry.When(request) || !Use(entry))
            {
                continue;
            }

            if (entry.Fault.Latency > TimeSpan.Zero)
            {
                await Task.Delay(entry.Fault.Latency, _clock, cancellationToken);
            }

            if (entry.Fault.BreakConnection)
            {
                http.Abort();
                return true;
            }

            if (entry.Fault.Status != 0)
            {
                throw Error(entry.Fault);
            }
        }

        return false;
    }

    private static ApiException Error(SandboxFault fault) => fault.Status switch
    {
        429 => ApiErrors.TooManyRequests(fault.RetryAfterSeconds ?? 1),
        500 => ApiErrors.InternalError("an injected fault"),
        503 => new ApiException(503, "ServiceUnavailable", "the server is currently unable to handle the request") { RetryAfter = fault.RetryAfterSeconds },
        504 => new ApiException(504, "Timeout", "the server was unable to return a response in the time allotted") { RetryAfter = fault.RetryAfterSeconds },
        var status => new ApiException(status, "", "an injected fault") { RetryAfter = fault.RetryAfterSeconds },
    };

    private bool Use(Entry entry)
    {
        if (entry.Fault.Times is not { } times)
        {
            return true;
        }

        var used = Interlocked.Increment(ref entry.Used);
        if (used >= times)
        {
            Remove(entry);
        }

        return used <= times;
    }

    private void Remove(Entry entry) => ImmutableInterlocked.Update(ref _entries, list => list.Remove(entry));

    private sealed class Entry(SandboxFault fault, Func<SandboxRequest, bool> when)
    {
        public int Used;

        public SandboxFault Fault => fault;

        public Func<SandboxRequest, bool> When => when;
    }

    private sealed class Removal(SandboxFaults owner, Entry entry) : IDisposable
    {
        public void Dispose() => owner.Remove(entry);
    }
}
