using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.Rpc;
using Wego.Rpc.Client;

namespace Wego.EndToEnd.Silos;

/// <summary>
/// What clients of several replicas do all the time: reads, at each replica in turn, whether or not it is about to end. A request
/// that fails, or whose answer lacks something, is tried once more, at another replica that is not; where that is no better, it is lost.
/// </summary>
internal sealed class ClusterLoad : IAsyncDisposable
{
    private const int Workers = 3;

    // So that the machine has time for the cluster itself.
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(20);

    private readonly string _token;
    private readonly string[] _packages;
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly ConcurrentQueue<string> _lost = new();
    private readonly List<RpcClient> _clients = [];
    private readonly int[] _rounds = new int[Workers];
    private readonly Task[] _workers;
    private volatile RpcClient[] _replicas = [];
    private volatile int _leaving = -1;
    private volatile TaskCompletionSource _round = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _asked;
    private int _retried;

    /// <param name="token">Who asks.</param>
    /// <param name="packages">Packages that are installed in <c>team-a</c>, where the repository <c>sample</c> is, too.</param>
    /// <param name="replicas">Whom to ask.</param>
    public ClusterLoad(string token, string[] packages, params WegoProcess[] replicas)
    {
        (_token, _packages) = (token, packages);
        Use(replicas);
        _workers = [.. Enumerable.Range(0, Workers).Select(w => Task.Run(() => RunAsync(w, _end.Token)))];
    }

    /// <summary>The requests that failed twice, with both failures.</summary>
    public IReadOnlyCollection<string> Lost => _lost;

    public int Asked => Volatile.Read(ref _asked);

    public int Retried => Volatile.Read(ref _retried);

    /// <summary>From the next request on, these are the replicas.</summary>
    public void Use(params WegoProcess[] replicas)
    {
        RpcClient[] clients = [.. replicas.Select(r => r.Client())];
        _clients.AddRange(clients);
        _replicas = clients;
        _leaving = -1;
    }

    /// <summary>This replica is about to end, as the Service of Kubernetes would know; nothing is tried again there.</summary>
    public void Leave(int replica) => _leaving = replica;

    /// <summary>Waits until each worker has asked every replica for everything so many times more.</summary>
    public async Task RoundsAsync(int rounds, CancellationToken cancellationToken)
    {
        // The round that is under way began before.
        int[] wanted = [.. _rounds.Select(done => done + rounds + 1)];
        while (true)
        {
            var next = _round.Task;
            if (_rounds.Zip(wanted).All(r => r.First >= r.Second))
            {
                return;
            }

            await await Task.WhenAny([next, .. _workers]).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Waits until a whole round loses nothing, and forgives what was lost until then.</summary>
    public async Task UntilNothingIsLostAsync(CancellationToken cancellationToken)
    {
        do
        {
            _lost.Clear();
            await RoundsAsync(1, cancellationToken);
        }
        while (!_lost.IsEmpty);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        try
        {
            await Task.WhenAll(_workers);
        }
        finally
        {
            _clients.ForEach(c => c.Dispose());
            _end.Dispose();
        }
    }

    private async Task RunAsync(int worker, CancellationToken end)
    {
        try
        {
            while (true)
            {
                for (var replica = 0; replica < _replicas.Length; replica++)
                {
                    await ReadAsync<GetAvailablePackageSummariesResponse>(
                        replica,
                        Wire.Packages("GetAvailablePackageSummaries"),
                        new GetAvailablePackageSummariesRequest { Context = Wire.In("team-a"), PaginationOptions = new PaginationOptions { PageSize = 10 } },
                        answer => answer.AvailablePackageSummaries.Count == 3,
                        end);
                    await ReadAsync<GetInstalledPackageSummariesResponse>(
                        replica,
                        Wire.Packages("GetInstalledPackageSummaries"),
                        new GetInstalledPackageSummariesRequest { Context = Wire.In("team-a") },
                        answer => !_packages.Except(answer.InstalledPackageSummaries.Select(p => p.Name)).Any(),
                        end);
                    await ReadAsync<GetInstalledPackageDetailResponse>(
                        replica,
                        Wire.Packages("GetInstalledPackageDetail"),
                        new GetInstalledPackageDetailRequest { InstalledPackageRef = Wire.Installed("team-a", _packages[(worker + _rounds[worker] + replica) % _packages.Length]) },
                        answer => answer.InstalledPackageDetail.PkgVersionReference.Version == "1.0.0",
                        end);
                }

                Interlocked.Increment(ref _rounds[worker]);
                Interlocked.Exchange(ref _round, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Enough.
        }
    }

    private async Task ReadAsync<TResponse>(int replica, MethodDescriptor method, IMessage request, Func<TResponse, bool> isWhole, CancellationToken end)
        where TResponse : class, IMessage<TResponse>
    {
        await Task.Delay(s_pace, TimeProvider.System, end);
        var replicas = _replicas;
        Interlocked.Increment(ref _asked);
        if (await TryAsync(replicas[replica % replicas.Length]) is not { } first)
        {
            return;
        }

        Interlocked.Increment(ref _retried);
        replicas = _replicas;
        var other = (replica + 1) % replicas.Length;
        if (other == _leaving)
        {
            other = (other + 1) % replicas.Length;
        }

        if (await TryAsync(replicas[other]) is { } second)
        {
            _lost.Enqueue($"{method.Name} at replica {replica}: {first}; then: {second}");
        }

        async Task<string?> TryAsync(RpcClient client)
        {
            var options = new RpcCallOptions { BearerToken = _token, Timeout = TimeSpan.FromSeconds(60) };
            try
            {
                var answer = await client.CallAsync<TResponse>(method, request, options, end);
                var missing = string.Join(' ', options.ResponseHeaders.Where(h => h.Key is "wego-failed-plugins" or "wego-missing-repositories").Select(h => $"{h.Key}: {h.Value}"));
                return missing.Length > 0 ? missing : isWhole(answer) ? null : $"not whole: {answer}";
            }
            catch (RpcException e) when (e.Code is RpcStatusCode.Unavailable or RpcStatusCode.DeadlineExceeded)
            {
                return $"{e.Code}: {e.Message}";
            }
        }
    }
}
