using System.Collections.Immutable;

namespace Wego.Plugins.Helm;

/// <summary>A docker-registry Secret of a repository.</summary>
/// <param name="Name">The Secret's name. It is expected in the namespace of the release, too.</param>
/// <param name="Registries">The keys of its <c>auths</c> as they are: host, host and port, or an address with scheme and path.</param>
internal sealed record ImagePullSecret(string Name, ImmutableArray<string> Registries);
