using System.Collections.Immutable;

namespace Wego.Plugins.Helm;

/// <summary>What Helm is to do.</summary>
/// <param name="Arguments">Command and arguments, without those that every command has.</param>
/// <param name="Storage">Where the release is kept.</param>
internal sealed record HelmCommand(ImmutableArray<string> Arguments, HelmStorage Storage)
{
    /// <summary>The Secrets to put into the pods that are rendered.</summary>
    public ImmutableArray<ImagePullSecret> PullSecrets { get; init; } = [];

    /// <summary>How many bytes of its output are wanted.</summary>
    public int MaxOutputBytes { get; init; } = 64 * 1024;
}
