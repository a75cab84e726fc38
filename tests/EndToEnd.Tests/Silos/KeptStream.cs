using Wego.Rpc;
using Wego.Rpc.Client;

namespace Wego.EndToEnd.Silos;

/// <summary>A stream as a client keeps it: where it is told that the stream has ended, it begins anew at the next replica.</summary>
internal sealed class KeptStream : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Func<RpcClient, CancellationToken, IAsyncEnumerable<string>> _open;
    private readonly Func<int, WegoProcess> _replicas;
    private readonly Task _reading;
    private volatile TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _notices;

    /// <param name="first">Which replica is asked first.</param>
    /// <param name="replicas">The replicas that there are, by number; any number will do.</param>
    /// <param name="open">Opens the stream. What it tells is remembered.</param>
    public KeptStream(int first, Func<int, WegoProcess> replicas, Func<RpcClient, CancellationToken, IAsyncEnumerable<string>> open)
    {
        (_replicas, _open) = (replicas, open);
        _reading = Task.Run(() => RunAsync(first));
    }

    /// <summary>How often it was told that the stream had ended.</summary>
    public int Notices => Volatile.Read(ref _notices);

    /// <summary>Waits until the stream has told this.</summary>
    public async Task UntilSeenAsync(string what, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = _changed.Task;
            lock (_seen)
            {
                if (_seen.Contains(what))
                {
                    return;
                }
            }

            await await Task.WhenAny(next, _reading).WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _end.Dispose();
    }

    private async Task RunAsync(int replica)
    {
        while (!_end.IsCancellationRequested)
        {
            using var client = _replicas(replica++).Client();
            try
            {
                await foreach (var what in _open(client, _end.Token))
                {
                    See(what);
                }

                throw new InvalidOperationException("The stream ended and did not say why.");
            }
            catch (RpcException e) when (e.Code == RpcStatusCode.Unavailable)
            {
                Interlocked.Increment(ref _notices);
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private void See(string what)
    {
        lock (_seen)
        {
            _seen.Add(what);
        }

        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}
