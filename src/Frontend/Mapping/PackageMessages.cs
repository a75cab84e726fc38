using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Kubeappsapis.Core.Plugins.V1Alpha1;
using Wego.Grains;
using Wego.Plugins;
using Pb = Kubeappsapis.Core.Packages.V1Alpha1;

namespace Wego.Frontend;

/// <summary>Packages, from the model to the wire and back.</summary>
internal static class PackageMessages
{
    public static Plugin ToMessage(this PluginId plugin) => new() { Name = plugin.Name, Version = plugin.Version };

    public static Pb.PackageAppVersion ToMessage(this PackageVersion version) => new() { PkgVersion = version.Version, AppVersion = version.AppVersion };

    public static Pb.AvailablePackageReference ToMessage(this AvailablePackageRef package) => new()
    {
        Context = new Pb.Context { Cluster = package.Repository.Cluster, Namespace = package.Repository.Namespace },
        Identifier = package.Identifier,
        Plugin = package.Repository.Plugin.ToMessage(),
    };

    public static Pb.InstalledPackageReference ToMessage(this InstalledPackageRef package) => new()
    {
        Context = new Pb.Context { Cluster = package.Cluster, Namespace = package.Namespace },
        Identifier = package.Name,
        Plugin = package.Plugin.ToMessage(),
    };

    public static Pb.AvailablePackageSummary ToMessage(this AvailablePackageSummary package)
    {
        var message = new Pb.AvailablePackageSummary
        {
            AvailablePackageRef = package.Ref.ToMessage(),
            Name = package.Ref.Package,
            LatestVersion = package.LatestVersion.ToMessage(),
            IconUrl = package.IconUrl,
            DisplayName = package.DisplayName,
            ShortDescription = package.ShortDescription,
        };
        message.Categories.Add(package.Categories);
        return message;
    }

    public static Pb.AvailablePackageDetail ToMessage(this AvailablePackageDetail package)
    {
        var content = package.Content;
        var message = new Pb.AvailablePackageDetail
        {
            AvailablePackageRef = package.Ref.ToMessage(),
            Name = package.Ref.Package,
            Version = new Pb.PackageAppVersion { PkgVersion = content.Version, AppVersion = content.AppVersion },
            RepoUrl = package.RepositoryUrl,
            HomeUrl = content.HomeUrl,
            IconUrl = content.IconUrl,
            DisplayName = package.DisplayName,
            ShortDescription = content.ShortDescription,
            LongDescription = content.LongDescription,
            Readme = content.Readme,
            DefaultValues = content.DefaultValues,
            ValuesSchema = content.ValuesSchema,
        };
        message.AdditionalDefaultValues.Add(content.AdditionalDefaultValues);
        message.SourceUrls.Add(content.Sources);
        message.Maintainers.Add(content.Maintainers.Select(m => new Pb.Maintainer { Name = m.Name, Email = m.Email }));
        message.Categories.Add(content.Categories);
        return message;
    }

    public static Pb.PackageMetadata ToMessage(this PackageMetadata metadata) => new()
    {
        Name = metadata.Name,
        Description = metadata.Description,
        MediaType = metadata.MediaType,
        ArtifactType = metadata.ArtifactType,
        Digest = metadata.Digest,
    };

    /// <summary>An entry of a list.</summary>
    /// <param name="package">The package.</param>
    /// <param name="catalogue">What its repository's catalogue says of it, or null where that is not known or not the caller's to see.</param>
    public static Pb.InstalledPackageSummary ToMessage(this InstalledPackage package, AvailablePackageSummary? catalogue) => new()
    {
        InstalledPackageRef = package.Ref.ToMessage(),
        Name = package.Ref.Name,
        PkgVersionReference = package.VersionReference.Length == 0 ? null : new Pb.VersionReference { Version = package.VersionReference },
        CurrentVersion = package.CurrentVersion?.ToMessage(),
        IconUrl = Either(package.IconUrl, catalogue?.IconUrl),
        PkgDisplayName = Either(package.DisplayName, catalogue?.DisplayName),
        ShortDescription = Either(package.ShortDescription, catalogue?.ShortDescription),
        LatestMatchingVersion = package.LatestMatchingVersion?.ToMessage(),
        LatestVersion = catalogue?.LatestVersion.ToMessage(),
        Status = package.Status.ToMessage(),
    };

    public static Pb.InstalledPackageDetail ToMessage(this InstalledPackageDetail detail, AvailablePackageSummary? catalogue)
    {
        var package = detail.Package;
        return new Pb.InstalledPackageDetail
        {
            InstalledPackageRef = package.Ref.ToMessage(),
            PkgVersionReference = package.VersionReference.Length == 0 ? null : new Pb.VersionReference { Version = package.VersionReference },
            Name = package.Ref.Name,
            CurrentVersion = package.CurrentVersion?.ToMessage(),
            ValuesApplied = detail.ValuesApplied,
            ReconciliationOptions = detail.Reconciliation?.ToMessage(),
            Status = package.Status.ToMessage(),
            PostInstallationNotes = detail.PostInstallationNotes,
            AvailablePackageRef = package.Source?.ToMessage(),
            LatestMatchingVersion = package.LatestMatchingVersion?.ToMessage(),
            LatestVersion = catalogue?.LatestVersion.ToMessage(),
            CustomDetail = detail.CustomDetail?.ToMessage(),
        };
    }

    public static Pb.InstalledPackageStatus ToMessage(this PackageStatus status) => new()
    {
        Ready = status.Ready,
        Reason = (Pb.InstalledPackageStatus.Types.StatusReason)status.Reason,
        UserReason = status.UserReason,
    };

    public static Pb.ReconciliationOptions ToMessage(this ReconciliationOptions options) => new()
    {
        Interval = options.Interval,
        Suspend = options.Suspend,
        ServiceAccountName = options.ServiceAccountName,
    };

    public static Pb.ResourceRef ToMessage(this ResourceRef resource) => new()
    {
        ApiVersion = resource.ApiVersion,
        Kind = resource.Kind,
        Name = resource.Name,
        Namespace = resource.Namespace,
    };

    public static Any ToMessage(this CustomDetail detail) => new() { TypeUrl = detail.TypeUrl, Value = ByteString.CopyFrom(detail.Value.AsSpan()) };

    public static ReconciliationOptions? ToModel(this Pb.ReconciliationOptions? options) =>
        options is null ? null : new ReconciliationOptions(options.Interval, options.Suspend, options.ServiceAccountName);

    public static CustomDetail? ToModel(this Any? detail) => detail is null ? null : new CustomDetail(detail.TypeUrl, [.. detail.Value.Span]);

    private static string Either(string own, string? catalogue) => own.Length > 0 ? own : catalogue ?? "";
}
