using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Core.Plugins.V1Alpha1;
using Kubeappsapis.Plugins.Resources.V1Alpha1;
using CorePackages = Kubeappsapis.Core.Packages.V1Alpha1.PackagesReflection;
using Events = Wego.Packages.V1.PackagesReflection;

namespace Wego.Perf.Api;

/// <summary>The methods called, and references in their requests.</summary>
internal static class Wire
{
    public static MethodDescriptor GetAvailablePackageSummaries { get; } = CorePackages.Descriptor.Services[0].FindMethodByName("GetAvailablePackageSummaries");

    public static MethodDescriptor GetInstalledPackageSummaries { get; } = CorePackages.Descriptor.Services[0].FindMethodByName("GetInstalledPackageSummaries");

    public static MethodDescriptor WatchInstalledPackages { get; } = Events.Descriptor.Services[0].FindMethodByName("WatchInstalledPackages");

    public static MethodDescriptor GetResources { get; } = ResourcesReflection.Descriptor.Services[0].FindMethodByName("GetResources");

    public static MethodDescriptor CheckNamespaceExists { get; } = ResourcesReflection.Descriptor.Services[0].FindMethodByName("CheckNamespaceExists");

    public static Context In(string ns) => new() { Cluster = "default", Namespace = ns };

    public static InstalledPackageReference Installed(string ns, string name) => new()
    {
        Context = In(ns),
        Identifier = name,
        Plugin = new Plugin { Name = "fluxv2.packages", Version = "v1alpha1" },
    };
}
