namespace Wego.Sandbox.Storage;

/// <summary>The history between the asked resource version and now is not kept any more.</summary>
internal sealed class HistoryExpiredException(long asked, long oldest)
    : Exception($"too old resource version: {asked} ({oldest})")
{
    public long Asked { get; } = asked;

    public long Oldest { get; } = oldest;
}
