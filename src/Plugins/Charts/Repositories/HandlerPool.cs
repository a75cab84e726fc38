namespace Wego.Plugins.Charts;

/// <summary>
/// Shares connections among repositories of the same TLS settings and proxy. A handler lives as long as it is used or among the
/// recently used; certificates that rotated away do not pile up.
/// </summary>
internal sealed class HandlerPool(int capacity) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Key, Shared> _handlers = [];
    private long _clock;
    private bool _disposed;

    /// <summary>A way to send requests; disposing it hands it back.</summary>
    /// <exception cref="ChartException">A certificate or key cannot be used.</exception>
    public Lease Rent(ChartConnection connection)
    {
        var key = new Key(connection.Tls.Fingerprint, connection.Proxy?.Fingerprint);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_handlers.TryGetValue(key, out var shared))
            {
                _handlers.Add(key, shared = new Shared(HandlerFactory.Create(connection)));
                Evict();
            }

            shared.Users++;
            shared.LastUse = ++_clock;
            return new Lease(this, shared);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach (var shared in _handlers.Values)
            {
                shared.Invoker.Dispose();
            }

            _handlers.Clear();
        }
    }

    private void Evict()
    {
        while (_handlers.Count > capacity)
        {
            var idle = _handlers.Where(h => h.Value.Users == 0 && h.Value.LastUse > 0).OrderBy(h => h.Value.LastUse).FirstOrDefault();
            if (idle.Value is null)
            {
                return;
            }

            _handlers.Remove(idle.Key);
            idle.Value.Invoker.Dispose();
        }
    }

    private void Return(Shared shared)
    {
        lock (_gate)
        {
            shared.Users--;
            Evict();
        }
    }

    private readonly record struct Key(ContentDigest Tls, ContentDigest? Proxy);

    internal sealed class Shared(HttpMessageHandler handler)
    {
        public HttpMessageInvoker Invoker { get; } = new(handler, disposeHandler: true);

        public int Users { get; set; }

        public long LastUse { get; set; }
    }

    /// <summary>A handler in use.</summary>
    internal sealed class Lease(HandlerPool pool, Shared shared) : IDisposable
    {
        private int _returned;

        public HttpMessageInvoker Invoker => shared.Invoker;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _returned, 1) == 0)
            {
                pool.Return(shared);
            }
        }
    }
}
