using Wego.Plugins;

namespace Wego.Grains;

/// <summary>A change of an installed package.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Package">The package after the change; its last state where it was deleted; null where the event is about none.</param>
[GenerateSerializer, Immutable, Alias("wego.InstalledPackageEvent")]
public sealed record InstalledPackageEvent(InstalledPackageEventType Type, InstalledPackage? Package);
