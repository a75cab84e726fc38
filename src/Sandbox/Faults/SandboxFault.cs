namespace Wego.Sandbox;

/// <summary>What goes wrong with a request. The parts are applied in the order: latency, broken connection, error status.</summary>
public sealed record SandboxFault
{
    /// <summary>How long to wait before anything else, measured by the sandbox's clock.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Breaks the connection without an answer.</summary>
    public bool BreakConnection { get; init; }

    /// <summary>The HTTP status to fail with, for example 429, 500 or 503; 0 for none.</summary>
    public int Status { get; init; }

    /// <summary>The <c>Retry-After</c> header in seconds; null for none.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>How often the fault strikes before it removes itself; null for always.</summary>
    public int? Times { get; init; }

    /// <summary>Every request is answered later.</summary>
    public static SandboxFault Slow(TimeSpan latency) => new() { Latency = latency };

    /// <summary>429 Too Many Requests.</summary>
    public static SandboxFault Throttle(int retryAfterSeconds, int? times = null) => new() { Status = 429, RetryAfterSeconds = retryAfterSeconds, Times = times };

    /// <summary>500 Internal Server Error.</summary>
    public static SandboxFault InternalError(int? times = null) => new() { Status = 500, Times = times };

    /// <summary>The connection breaks before an answer.</summary>
    public static SandboxFault Disconnect(int? times = null) => new() { BreakConnection = true, Times = times };
}
