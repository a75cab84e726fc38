using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Core.Plugins.V1Alpha1;
using Kubeappsapis.Plugins.Fluxv2.Packages.V1Alpha1;
using Kubeappsapis.Plugins.Helm.Packages.V1Alpha1;
using Kubeappsapis.Plugins.KappController.Packages.V1Alpha1;
using Wego.Sandbox.Charts;

namespace Wego.EndToEnd.Formats;

/// <summary>What a journey through one format needs to know: everything else is the same for all.</summary>
internal sealed record FormatCase
{
    public required Plugin Plugin { get; init; }

    public required ServiceDescriptor Packages { get; init; }

    public required ServiceDescriptor Repositories { get; init; }

    /// <summary>The path below which the plugin's own services are served over REST.</summary>
    public required string Rest { get; init; }

    public required string RepositoryType { get; init; }

    public required Uri RepositoryUrl { get; init; }

    /// <summary>A package that is a web server, in two versions.</summary>
    public required string Package { get; init; }

    /// <summary>Who installs, where the format wants to know.</summary>
    public string ServiceAccount { get; init; } = "";

    /// <summary>What <c>values_applied</c> contains once <c>replicas: 2</c> is applied.</summary>
    public required string Applied { get; init; }

    public override string ToString() => Plugin.Name;

    public static IReadOnlyList<FormatCase> All(SampleRepository sample) =>
    [
        new()
        {
            Plugin = Wire.Flux,
            Packages = Service(Fluxv2Reflection.Descriptor, "FluxV2PackagesService"),
            Repositories = Service(Fluxv2Reflection.Descriptor, "FluxV2RepositoriesService"),
            Rest = "/plugins/fluxv2/packages/v1alpha1",
            RepositoryType = "helm",
            RepositoryUrl = sample.Address,
            Package = "hello-web",
            Applied = "\"replicas\":2",
        },
        new()
        {
            Plugin = new Plugin { Name = "helm.packages", Version = "v1alpha1" },
            Packages = Service(HelmReflection.Descriptor, "HelmPackagesService"),
            Repositories = Service(HelmReflection.Descriptor, "HelmRepositoriesService"),
            Rest = "/plugins/helm/packages/v1alpha1",
            RepositoryType = "helm",
            RepositoryUrl = sample.Address,
            Package = "hello-web",
            Applied = "\"replicas\":2",
        },
        new()
        {
            Plugin = new Plugin { Name = "kapp_controller.packages", Version = "v1alpha1" },
            Packages = Service(KappControllerReflection.Descriptor, "KappControllerPackagesService"),
            Repositories = Service(KappControllerReflection.Descriptor, "KappControllerRepositoriesService"),
            Rest = "/plugins/kapp_controller/packages/v1alpha1",
            RepositoryType = "http",
            RepositoryUrl = sample.Packages,
            Package = "greeter.packages.example.com",
            ServiceAccount = "default",
            Applied = "replicas: 2",
        },
    ];

    /// <summary>The request that adds the repository.</summary>
    public AddPackageRepositoryRequest Add(string ns, string name) => new()
    {
        Context = Wire.In(ns),
        Name = name,
        Type = RepositoryType,
        Url = RepositoryUrl.ToString(),
        NamespaceScoped = true,
        Interval = "10m",
        Plugin = Plugin,
    };

    public PackageRepositoryReference Repository(string ns, string name) => new() { Context = Wire.In(ns), Identifier = name, Plugin = Plugin };

    public AvailablePackageReference Available(string ns, string repository) => new() { Context = Wire.In(ns), Identifier = $"{repository}/{Package}", Plugin = Plugin };

    public InstalledPackageReference Installed(string ns, string name) => new() { Context = Wire.In(ns), Identifier = name, Plugin = Plugin };

    /// <summary>How to reconcile; null where the format has no such thing.</summary>
    public ReconciliationOptions? Options() => ServiceAccount.Length == 0 ? null : new ReconciliationOptions { ServiceAccountName = ServiceAccount };

    private static ServiceDescriptor Service(FileDescriptor file, string name) => file.Services.Single(s => s.Name == name);
}
