namespace Wego.Plugins;

/// <summary>The state of an installed package.</summary>
/// <param name="Ready">Whether it works as asked for.</param>
/// <param name="Reason">The state.</param>
/// <param name="UserReason">Text for the user, or empty.</param>
[GenerateSerializer, Immutable, Alias("wego.PackageStatus")]
public sealed record PackageStatus(bool Ready, PackageStatusReason Reason, string UserReason);
