using System.Collections.Immutable;

namespace Wego.Kubernetes;

/// <summary>A request to the API server failed. The message names verb, resource and object and carries the server's own words, never a credential.</summary>
public sealed class KubernetesException : Exception
{
    /// <summary>Creates the exception.</summary>
    public KubernetesException(
        KubernetesFailure failure,
        string message,
        int httpStatus = 0,
        ImmutableArray<StatusCause> causes = default,
        TimeSpan? retryAfter = null,
        Exception? inner = null)
        : base(message, inner)
    {
        Failure = failure;
        HttpStatus = httpStatus;
        Causes = causes.IsDefault ? [] : causes;
        RetryAfter = retryAfter;
    }

    /// <summary>What went wrong.</summary>
    public KubernetesFailure Failure { get; }

    /// <summary>Whether no API server that works has answered, so that another try may well succeed.</summary>
    public bool IsUnanswered => Failure is KubernetesFailure.Unreachable or KubernetesFailure.Timeout or KubernetesFailure.Unavailable;

    /// <summary>The HTTP status, or 0 where there was no answer.</summary>
    public int HttpStatus { get; }

    /// <summary>The causes from <c>Status.details.causes</c>: fields that are wrong, or managers that conflict.</summary>
    public ImmutableArray<StatusCause> Causes { get; }

    /// <summary>How long the server asked to wait, or null.</summary>
    public TimeSpan? RetryAfter { get; }
}
