using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Wego.GrainRuntime;

/// <summary>What the runtime logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Grains run in this process.")]
    public static partial void Started(ILogger logger);

    [LoggerMessage(2, LogLevel.Warning, "{Count} grains were not deactivated in time.")]
    public static partial void NotAllDeactivated(ILogger logger, int count);

    [LoggerMessage(3, LogLevel.Warning, "Activation of {Grain} failed. The next call tries again.")]
    public static partial void ActivationFailed(ILogger logger, GrainId grain, Exception exception);

    [LoggerMessage(4, LogLevel.Debug, "Deactivating {Grain}: {Reason}")]
    public static partial void Deactivating(ILogger logger, GrainId grain, DeactivationReason reason);

    [LoggerMessage(5, LogLevel.Error, "OnDeactivateAsync of {Grain} failed.")]
    public static partial void DeactivationFailed(ILogger logger, GrainId grain, Exception exception);

    [LoggerMessage(6, LogLevel.Error, "Disposing {Grain} or its services failed.")]
    public static partial void DisposalFailed(ILogger logger, GrainId grain, Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "A timer callback of {Grain} failed. The timer goes on.")]
    public static partial void TimerFailed(ILogger logger, GrainId grain, Exception exception);

    [LoggerMessage(8, LogLevel.Error, "The predicate of [MayInterleave] of {Grain} failed; the request waits its turn.")]
    public static partial void PredicateFailed(ILogger logger, GrainId grain, Exception exception);

    [LoggerMessage(9, LogLevel.Warning, "A one-way call to {Grain} failed.")]
    public static partial void OneWayFailed(ILogger logger, GrainId grain, Exception exception);

    [LoggerMessage(10, LogLevel.Warning, "{Request} on {Grain} failed after its caller had stopped waiting.")]
    public static partial void OutcomeLost(ILogger logger, Request request, GrainId grain, Exception exception);

    [LoggerMessage(11, LogLevel.Warning, "An enumeration of {Grain} did not end cleanly.")]
    public static partial void StreamNotEnded(ILogger logger, GrainId grain, Exception exception);

    [LoggerMessage(12, LogLevel.Warning, "A callback of a cancelled token of {Grain} failed.")]
    public static partial void CancellationFailed(ILogger logger, GrainId grain, Exception exception);
}
