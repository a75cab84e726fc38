namespace Wego.GrainRuntime;

/// <summary>An enumeration that an activation produces. All members are called in its turns.</summary>
internal interface IStreamProducer
{
    /// <summary>Ends steps that wait for an item, so that they do not hold up the end of the activation.</summary>
    void Abort();

    /// <summary>Whether no step was taken since the last time this was asked.</summary>
    bool CheckAbandoned();

    /// <summary>Cancels the producing method, waits for its end and disposes it. Never throws.</summary>
    Task EndAsync();
}
