using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Core.Plugins.V1Alpha1;
using Kubeappsapis.Plugins.Resources.V1Alpha1;
using CorePackages = Kubeappsapis.Core.Packages.V1Alpha1.PackagesReflection;

namespace Wego.EndToEnd;

/// <summary>Methods and messages that tests use often.</summary>
internal static class Wire
{
    public static Plugin Flux => new() { Name = "fluxv2.packages", Version = "v1alpha1" };

    public static MethodDescriptor Plugins(string name) => PluginsReflection.Descriptor.Services[0].FindMethodByName(name);

    public static MethodDescriptor Packages(string name) => CorePackages.Descriptor.Services[0].FindMethodByName(name);

    /// <summary>The same of Flux alone: what fails there fails the call, where over all formats it is a part that is missing.</summary>
    public static MethodDescriptor FluxPackages(string name) =>
        Kubeappsapis.Plugins.Fluxv2.Packages.V1Alpha1.Fluxv2Reflection.Descriptor.Services.Single(s => s.Name == "FluxV2PackagesService").FindMethodByName(name);

    public static MethodDescriptor Repositories(string name) => RepositoriesReflection.Descriptor.Services[0].FindMethodByName(name);

    public static MethodDescriptor Resources(string name) => ResourcesReflection.Descriptor.Services[0].FindMethodByName(name);

    public static MethodDescriptor Events(string name) => Wego.Packages.V1.PackagesReflection.Descriptor.Services[0].FindMethodByName(name);

    public static Context In(string ns) => new() { Cluster = "default", Namespace = ns };

    public static AvailablePackageReference Available(string ns, string identifier) => new() { Context = In(ns), Identifier = identifier, Plugin = Flux };

    public static InstalledPackageReference Installed(string ns, string name) => new() { Context = In(ns), Identifier = name, Plugin = Flux };

    public static PackageRepositoryReference Repository(string ns, string name) => new() { Context = In(ns), Identifier = name, Plugin = Flux };

    public static AddPackageRepositoryRequest Add(string ns, string name, Uri url) => new()
    {
        Context = In(ns),
        Name = name,
        Type = "helm",
        Url = url.ToString(),
        NamespaceScoped = true,
        Interval = "10m",
        Plugin = Flux,
    };
}
