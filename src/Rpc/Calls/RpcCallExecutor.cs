using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wego.Rpc.Telemetry;

namespace Wego.Rpc;

/// <summary>
/// Runs one call, the same for every protocol: interceptors, method, telemetry, and the translation of whatever was thrown
/// into a status.
/// </summary>
public sealed partial class RpcCallExecutor(ILogger<RpcCallExecutor> logger, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>What a caller reads where the server has a defect. The details are in the log only.</summary>
    internal const string InternalErrorMessage = "Internal error; the server's log has the details.";

    /// <summary>What the caller of a stream reads where the server ends it because it stops itself.</summary>
    internal const string StoppingMessage = "The server is stopping; connect again.";

    private const int MaxReconnectMilliseconds = 1000;

    /// <summary>Runs the call to its end. It never throws: the protocol only has to send the status.</summary>
    /// <param name="endpoint">The method.</param>
    /// <param name="context">The call.</param>
    /// <param name="channel">The call's messages.</param>
    public ValueTask<RpcStatus> ExecuteAsync(RpcEndpoint endpoint, RpcContext context, IRpcMessageChannel channel)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(context);
        context.Channel = channel;
        return RpcTelemetry.IsEnabled ? MeasureAsync(endpoint, context) : ExecuteAsync(endpoint, context);
    }

    private async ValueTask<RpcStatus> MeasureAsync(RpcEndpoint endpoint, RpcContext context)
    {
        using var call = RpcTelemetry.Start(endpoint, context, time);
        return call.Status = await ExecuteAsync(endpoint, context);
    }

    private ValueTask<RpcStatus> ExecuteAsync(RpcEndpoint endpoint, RpcContext context) =>
        endpoint.Kind == RpcMethodKind.Unary ? RunAsync(endpoint, context) : RunStreamAsync(endpoint, context);

    // A stream may have no end of its own, and would hold up the end of the process. Told so, its client connects elsewhere.
    private async ValueTask<RpcStatus> RunStreamAsync(RpcEndpoint endpoint, RpcContext context)
    {
        var caller = context.CancellationToken;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(caller, lifetime.ApplicationStopping);
        context.EndWith(ending.Token);
        var status = await RunAsync(endpoint, context);
        return status == Cancelled && lifetime.ApplicationStopping.IsCancellationRequested && !caller.IsCancellationRequested ? Stopping : status;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<RpcStatus> RunAsync(RpcEndpoint endpoint, RpcContext context)
    {
        try
        {
            if (context.IsDeadlineExceeded)
            {
                return DeadlineExceeded;
            }

            await endpoint.Handler(context);
            return RpcStatus.OK;
        }
        catch (RpcException e)
        {
            return e.Status;
        }
        catch (Exception) when (context.IsDeadlineExceeded)
        {
            return DeadlineExceeded;
        }
        catch (Exception e) when (e is ConnectionResetException or ConnectionAbortedException || context.CancellationToken.IsCancellationRequested)
        {
            return Cancelled;
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new RpcStatus(RpcStatusCode.ResourceExhausted, "The request is larger than this server accepts.")
                : new RpcStatus(RpcStatusCode.InvalidArgument, "The HTTP request is malformed.");
        }
        catch (Exception e)
        {
            LogUnexpected(e, endpoint.Path);
            return InternalError;
        }
    }

    private static RpcStatus DeadlineExceeded { get; } = new(RpcStatusCode.DeadlineExceeded, "The deadline passed before the call completed.");

    private static RpcStatus Cancelled { get; } = new(RpcStatusCode.Cancelled, "The caller cancelled the call.");

    private static RpcStatus Stopping => new(RpcStatusCode.Unavailable, StoppingMessage, [RetryDelay.ToDetail(ReconnectDelay())]);

    // All streams of a server end at one moment; the others are not to be met by all of them at one moment, too.
    private static TimeSpan ReconnectDelay() => TimeSpan.FromMilliseconds(Random.Shared.Next(MaxReconnectMilliseconds));

    private static RpcStatus InternalError { get; } = new(RpcStatusCode.Internal, InternalErrorMessage);

    [LoggerMessage(1, LogLevel.Error, "{Method} failed with an exception that is no RPC status.")]
    private partial void LogUnexpected(Exception exception, string method);
}
