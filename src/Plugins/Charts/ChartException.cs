namespace Wego.Plugins.Charts;

/// <summary>A chart, an index or a registry could not be read. The message names the address and what was wrong, never a credential.</summary>
public class ChartException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ChartException(ChartFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    /// <summary>What went wrong.</summary>
    public ChartFailure Failure { get; }

    /// <summary>The HTTP status, or 0 where there was no answer.</summary>
    public int HttpStatus { get; init; }

    /// <summary>Whether the server, as far as one can tell, does not serve this or not to us.</summary>
    internal bool IsDenied => Failure is ChartFailure.Unauthorized or ChartFailure.Forbidden or ChartFailure.NotFound or ChartFailure.UnexpectedAnswer;

    /// <summary>How long the server asked to wait, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
