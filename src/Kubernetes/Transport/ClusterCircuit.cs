using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace Wego.Kubernetes;

/// <summary>
/// The circuit breaker of one cluster. It opens after some requests in a row got no answer at all; then calls fail at once, and after a
/// pause that doubles one call tries again. An answer of any status closes it.
/// </summary>
internal sealed partial class ClusterCircuit : IDisposable
{
    private static readonly TimeSpan FirstBreak = TimeSpan.FromSeconds(1);
    private readonly KubernetesClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline<Sent> _pipeline;
    private readonly CircuitStates.Circuit _state;
    private int _failuresInRow;
    private string _reason = "";

    /// <param name="options">The client's options.</param>
    /// <param name="route">How requests get to the cluster, for the metric.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears of opening and closing.</param>
    public ClusterCircuit(KubernetesClientOptions options, string route, TimeProvider time, ILogger logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _state = CircuitStates.Add(options.ClusterName, route);
        var strategy = new CircuitBreakerStrategyOptions<Sent>
        {
            // Polly counts a share of failures within a time. Only the last of the failures in a row is shown to it as one, and the
            // smallest share then opens the circuit.
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result.Failure is not null && _failuresInRow >= _options.BreakAfter),
            FailureRatio = double.Epsilon,
            MinimumThroughput = 2,
            SamplingDuration = TimeSpan.FromHours(1),
            BreakDurationGenerator = args => ValueTask.FromResult(BreakFor(args.HalfOpenAttempts)),
            OnOpened = args =>
            {
                _state.IsOpen = true;
                Opened(_logger, _options.ClusterName, args.BreakDuration.TotalSeconds, _reason);
                return default;
            },
            OnClosed = _ =>
            {
                _state.IsOpen = false;
                Closed(_logger, _options.ClusterName);
                return default;
            },
        };
        _pipeline = new ResiliencePipelineBuilder<Sent> { TimeProvider = time }.AddCircuitBreaker(strategy).Build();
    }

    /// <summary>Sends, unless the circuit is open.</summary>
    /// <param name="request">The request, for messages.</param>
    /// <param name="send">Sends it; returns once the answer begins.</param>
    /// <param name="deadline">Of the request.</param>
    /// <exception cref="KubernetesException"><see cref="KubernetesFailure.Unreachable"/>: the circuit is open.</exception>
    public async Task<HttpResponseMessage> SendAsync(ApiRequest request, Func<Task<HttpResponseMessage>> send, Deadline deadline)
    {
        var started = _time.GetTimestamp();
        Sent sent;
        try
        {
            sent = await _pipeline.ExecuteAsync(async _ => await TryAsync(send, deadline, started), CancellationToken.None);
        }
        catch (BrokenCircuitException e)
        {
            throw new KubernetesException(
                KubernetesFailure.Unreachable,
                $"{request}: cluster '{_options.ClusterName}' cannot be reached, so this was not tried{(e.RetryAfter is { } wait ? $" (again in {Math.Ceiling(wait.TotalSeconds):0} s)" : "")}. Last attempt: {_reason}",
                retryAfter: e.RetryAfter);
        }

        sent.Failure?.Throw();
        return sent.Response!;
    }

    public void Dispose() => CircuitStates.Remove(_state);

    private async Task<Sent> TryAsync(Func<Task<HttpResponseMessage>> send, Deadline deadline, long started)
    {
        try
        {
            var response = await send();
            _failuresInRow = 0;
            return new Sent(response, null);
        }
        catch (Exception e) when (IsNoAnswer(e, deadline, started))
        {
            Interlocked.Increment(ref _failuresInRow);
            _reason = Reason(e);
            return new Sent(null, System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e));
        }
    }

    // A connection that breaks under a request had been made; whether another can be, the next request shows.
    private bool IsNoAnswer(Exception e, Deadline deadline, long started) => e switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError } => true,
        OperationCanceledException when deadline.IsCanceledByCaller => false,
        // A request that waited for its turn until the deadline says nothing about the server.
        OperationCanceledException when deadline.HasExpired => _time.GetElapsedTime(started) >= _options.ConnectTimeout,
        OperationCanceledException => true,
        _ => false,
    };

    private static string Reason(Exception e)
    {
        while (e.InnerException is { } inner)
        {
            e = inner;
        }

        return e is OperationCanceledException or TimeoutException ? "no answer in time." : $"{e.Message.TrimEnd('.')}.";
    }

    private TimeSpan BreakFor(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(_options.MaxBreak.TotalSeconds, FirstBreak.TotalSeconds * Math.Pow(2, Math.Min(attempts, 30))));

    [LoggerMessage(1, LogLevel.Warning, "Cluster {Cluster} cannot be reached; calls to it fail at once, next try in {Seconds:0.0} s: {Reason}")]
    private static partial void Opened(ILogger logger, string cluster, double seconds, string reason);

    [LoggerMessage(2, LogLevel.Information, "Cluster {Cluster} can be reached again")]
    private static partial void Closed(ILogger logger, string cluster);

    /// <summary>An answer, or why there was none.</summary>
    private readonly record struct Sent(HttpResponseMessage? Response, System.Runtime.ExceptionServices.ExceptionDispatchInfo? Failure);
}
