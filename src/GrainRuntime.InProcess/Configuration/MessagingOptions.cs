namespace Orleans.Configuration;

/// <summary>How long callers wait.</summary>
public abstract class MessagingOptions
{
    /// <summary>After this a call fails with <see cref="TimeoutException"/>; 30 seconds. It goes on running.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the callee's token is cancelled when its caller stops waiting.</summary>
    public bool CancelRequestOnTimeout { get; set; }
}
