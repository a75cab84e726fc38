using Wego.Plugins;

namespace Wego.Grains;

/// <summary>Everything about one version of a package.</summary>
/// <param name="Ref">Which package.</param>
/// <param name="RepositoryUrl">The repository's address.</param>
/// <param name="DisplayName">The name to show.</param>
/// <param name="Content">What its archive says.</param>
[GenerateSerializer, Immutable, Alias("wego.AvailablePackageDetail")]
public sealed record AvailablePackageDetail(AvailablePackageRef Ref, string RepositoryUrl, string DisplayName, PackageContent Content);
