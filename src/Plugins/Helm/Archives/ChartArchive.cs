using System.Collections.Immutable;

namespace Wego.Plugins.Helm;

/// <summary>A chart to install.</summary>
/// <param name="Content">The <c>.tgz</c> file.</param>
/// <param name="PullSecrets">The Secrets with which the images of the repository's charts are pulled, in their order of preference.</param>
internal sealed record ChartArchive(ReadOnlyMemory<byte> Content, ImmutableArray<ImagePullSecret> PullSecrets);
