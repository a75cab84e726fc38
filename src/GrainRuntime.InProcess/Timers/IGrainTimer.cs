namespace Orleans.Runtime;

/// <summary>A timer of a grain. Disposing it ends it and cancels the token of a callback that is running.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets new times. During a tick they take effect when it ends.</summary>
    /// <param name="dueTime">Until the next tick; infinite for none.</param>
    /// <param name="period">From the end of one tick to the next; infinite for a single tick.</param>
    void Change(TimeSpan dueTime, TimeSpan period);
}
