using System.Diagnostics.CodeAnalysis;

namespace Wego.Plugins;

/// <summary>
/// Keeps the content of package archives, bounded in bytes; what was not used for longest goes first. Each content is loaded
/// once however many ask for it at the same time, and a load is given up when nobody waits for it any more. Failures are not
/// kept. Safe for use by many threads.
/// </summary>
/// <remarks>Where a repository publishes no digest, the digest of what identifies the content (address, version, revision of the index) serves.</remarks>
public sealed class ContentCache
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ContentDigest, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];
    private readonly Dictionary<ContentDigest, Flight> _flights = [];
    private readonly long _capacity;
    private long _size;

    /// <summary>Creates an empty cache.</summary>
    /// <param name="capacityInBytes">The most bytes to keep; a content that alone is larger is handed out but not kept. 0 keeps nothing.</param>
    public ContentCache(long capacityInBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacityInBytes);
        _capacity = capacityInBytes;
    }

    /// <summary>How many bytes are kept now.</summary>
    public long SizeInBytes
    {
        get
        {
            lock (_gate)
            {
                return _size;
            }
        }
    }

    /// <summary>How many contents are kept now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>The content if it is kept; counts as a use.</summary>
    public bool TryGet(ContentDigest key, [NotNullWhen(true)] out PackageContent? content)
    {
        lock (_gate)
        {
            content = Use(key);
            return content is not null;
        }
    }

    /// <summary>The content, kept or loaded.</summary>
    /// <param name="key">What identifies it.</param>
    /// <param name="load">Loads it; its token is cancelled when the last caller gave up.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="Exception">What <paramref name="load"/> threw, to everyone who waited for it.</exception>
    public async ValueTask<PackageContent> GetOrLoadAsync(
        ContentDigest key,
        Func<CancellationToken, Task<PackageContent>> load,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Flight? flight;
        var first = false;
        lock (_gate)
        {
            if (Use(key) is { } known)
            {
                return known;
            }

            if (!_flights.TryGetValue(key, out flight))
            {
                first = true;
                _flights.Add(key, flight = new Flight());
            }

            flight.Waiters++;
        }

        if (first)
        {
            _ = FlyAsync(key, flight, load);
        }

        try
        {
            return await flight.Landed.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Leave(key, flight);
        }
    }

    // Never faults: the outcome, good or bad, goes to those who wait on Landed.
    private async Task FlyAsync(ContentDigest key, Flight flight, Func<CancellationToken, Task<PackageContent>> load)
    {
        try
        {
            var content = await load(flight.Cancellation.Token);
            lock (_gate)
            {
                End(key, flight);
                Keep(key, content);
            }

            flight.Landed.TrySetResult(content);
        }
        catch (OperationCanceledException) when (flight.Cancellation.IsCancellationRequested)
        {
            End(key, flight);
            flight.Landed.TrySetCanceled(flight.Cancellation.Token);
        }
        catch (Exception e)
        {
            End(key, flight);
            flight.Landed.TrySetException(e);
            // Everyone may have left before the failure; it must not surface as unobserved.
            _ = flight.Landed.Task.Exception;
        }
    }

    private void Leave(ContentDigest key, Flight flight)
    {
        lock (_gate)
        {
            if (--flight.Waiters > 0 || !_flights.TryGetValue(key, out var current) || current != flight)
            {
                return;
            }

            // Removed before it is cancelled: whoever comes next starts anew instead of joining a load that ends in nothing.
            _flights.Remove(key);
        }

        flight.Cancellation.Cancel();
    }

    private void End(ContentDigest key, Flight flight)
    {
        lock (_gate)
        {
            if (_flights.TryGetValue(key, out var current) && current == flight)
            {
                _flights.Remove(key);
            }
        }
    }

    private PackageContent? Use(ContentDigest key)
    {
        if (!_entries.TryGetValue(key, out var node))
        {
            return null;
        }

        _byUse.Remove(node);
        _byUse.AddFirst(node);
        return node.Value.Content;
    }

    private void Keep(ContentDigest key, PackageContent content)
    {
        var size = content.SizeInBytes;
        if (size > _capacity || _entries.ContainsKey(key))
        {
            return;
        }

        _entries.Add(key, _byUse.AddFirst(new Entry(key, content, size)));
        _size += size;
        while (_size > _capacity && _byUse.Last is { } last)
        {
            _byUse.RemoveLast();
            _entries.Remove(last.Value.Key);
            _size -= last.Value.Size;
        }
    }

    private sealed record Entry(ContentDigest Key, PackageContent Content, long Size);

    private sealed class Flight
    {
        public TaskCompletionSource<PackageContent> Landed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // Not disposed: it has no timer, and the last waiter may cancel it while the load ends.
        public CancellationTokenSource Cancellation { get; } = new();

        public int Waiters { get; set; }
    }
}
