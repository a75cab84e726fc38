namespace Wego.Plugins;

/// <summary>When a catalogue is refreshed.</summary>
/// <param name="Interval">How often, before jitter.</param>
/// <param name="Suspended">Whether the user has stopped it; what is cached stays.</param>
/// <param name="Fingerprint">Changes whenever the object changes in a way that asks for a refresh at once (address, credentials, an explicit request).</param>
public sealed record RefreshSchedule(TimeSpan Interval, bool Suspended, string Fingerprint)
{
    /// <summary>Changes whenever another remote side is asked, or the same one by another login: what one asked to wait does not bind the other.</summary>
    public string Remote { get; init; } = "";
}
