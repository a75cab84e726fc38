using Wego.Lifecycle;

namespace Wego.Frontend;

/// <summary>Ready once the directories have made their first lists, or have failed to, which is nothing that waiting would put right.</summary>
internal sealed class DirectoryReadiness(DirectorySync sync) : IReadinessCheck
{
    public string Name => "directories";

    public string? NotReadyBecause => sync.Ended.IsCompleted ? null : "the first lists of packages and repositories are being made";
}
