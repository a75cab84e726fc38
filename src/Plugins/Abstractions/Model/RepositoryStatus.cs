namespace Wego.Plugins;

/// <summary>The state of a repository.</summary>
/// <param name="Ready">Whether its packages can be used.</param>
/// <param name="Reason">The state.</param>
/// <param name="UserReason">Text for the user, or empty.</param>
[GenerateSerializer, Immutable, Alias("wego.RepositoryStatus")]
public sealed record RepositoryStatus(bool Ready, RepositoryStatusReason Reason, string UserReason);
