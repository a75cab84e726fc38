using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Wego.Rpc.Rest;
using Wego.Rpc.Rest.Binding;
using Wego.Rpc.Rest.Routing;

namespace Wego.Rpc.Tests.Rest;

/// <summary>The bindings of the published contract, in particular where two of them look alike.</summary>
public sealed class ContractRoutingTests
{
    private static readonly RpcMethodRegistry Registry = CreateRegistry();
    private static readonly RestRouter Router = new(Registry.Endpoints.SelectMany(RestBindingFactory.Create));

    [Theory]
    [InlineData("GET", "/core/plugins/v1alpha1/configured-plugins", "PluginsService.GetConfiguredPlugins", "{ }")]
    [InlineData(
        "GET", "/core/packages/v1alpha1/availablepackages/plugin/fluxv2.packages/v1alpha1/c/default/ns/flux/bitnami/apache", "PackagesService.GetAvailablePackageDetail",
        """{ "availablePackageRef": { "context": { "cluster": "default", "namespace": "flux" }, "identifier": "bitnami/apache", "plugin": { "name": "fluxv2.packages", "version": "v1alpha1" } } }""")]
    [InlineData(
        "GET", "/core/packages/v1alpha1/availablepackages/plugin/p/v1/c/-/ns/flux/repo/foo%2Fbar/versions", "PackagesService.GetAvailablePackageVersions",
        """{ "availablePackageRef": { "context": { "cluster": "-", "namespace": "flux" }, "identifier": "repo/foo%2Fbar", "plugin": { "name": "p", "version": "v1" } } }""")]
    [InlineData(
        "GET", "/core/packages/v1alpha1/availablepackages/plugin/p/v1/c//ns/flux/repo/a/metadata", "PackagesService.GetAvailablePackageMetadatas",
        """{ "availablePackageRef": { "context": { "namespace": "flux" }, "identifier": "repo/a", "plugin": { "name": "p", "version": "v1" } } }""")]
    [InlineData(
        "GET", "/core/packages/v1alpha1/installedpackages/plugin/p/v1/c/default/ns/a/web/resourcerefs", "PackagesService.GetInstalledPackageResourceRefs",
        """{ "installedPackageRef": { "context": { "cluster": "default", "namespace": "a" }, "identifier": "web", "plugin": { "name": "p", "version": "v1" } } }""")]
    [InlineData("GET", "/core/packages/v1alpha1/repositories/c/default/permissions", "RepositoriesService.GetPackageRepositoryPermissions", """{ "context": { "cluster": "default" } }""")]
    [InlineData(
        "PUT", "/plugins/helm/packages/v1alpha1/installedpackages/c/default/ns/a/web/rollback", "HelmPackagesService.RollbackInstalledPackage",
        """{ "installedPackageRef": { "context": { "cluster": "default", "namespace": "a" }, "identifier": "web" } }""")]
    [InlineData("GET", "/plugins/resources/v1alpha1/c/default/ns/a", "ResourcesService.CheckNamespaceExists", """{ "context": { "cluster": "default", "namespace": "a" } }""")]
    [InlineData("GET", "/plugins/resources/v1alpha1/c/default/ns/a/secretnames", "ResourcesService.GetSecretNames", """{ "context": { "cluster": "default", "namespace": "a" } }""")]
    [InlineData("POST", "/plugins/resources/v1alpha1/c/default/can-i", "ResourcesService.CanI", """{ "context": { "cluster": "default" } }""")]
    [InlineData(
        "GET", "/plugins/resources/v1alpha1/c/v1/c/default/ns/a/web", "ResourcesService.GetResources",
        """{ "installedPackageRef": { "context": { "cluster": "default", "namespace": "a" }, "identifier": "web", "plugin": { "name": "c", "version": "v1" } } }""")]
    public void A_path_leads_to_its_method(string httpMethod, string path, string rpc, string request)
    {
        var match = Router.Find(httpMethod, RequestPath.Parse(path)).ShouldNotBeNull();

        var message = match.Binding.Endpoint.RequestParser.ParseFrom(ByteString.Empty);
        RequestBinder.BindPath(match, message, Registry.JsonParser);
        match.Binding.Endpoint.Descriptor.FullName.ShouldEndWith("." + rpc);
        Registry.JsonFormatter.Format(message).ShouldBe(request);
    }

    [Theory]
    [InlineData("POST", "/core/plugins/v1alpha1/configured-plugins")]
    [InlineData("GET", "/core/plugins/v1alpha1/configured-plugins/")]
    [InlineData("GET", "/core/packages/v1alpha1/installedpackages/plugin/p/v1/c/default/ns/a/web/more")]
    [InlineData("GET", "/core/packages/v1alpha1/availablepackages/plugin/p/v1/c/default/ns/a")]
    [InlineData("GET", "/")]
    public void Any_other_path_leads_nowhere(string httpMethod, string path) =>
        Router.Find(httpMethod, RequestPath.Parse(path)).ShouldBeNull();

    private static RpcMethodRegistry CreateRegistry()
    {
        FileDescriptor[] files =
        [
            Kubeappsapis.Core.Plugins.V1Alpha1.PluginsReflection.Descriptor,
            Kubeappsapis.Core.Packages.V1Alpha1.PackagesReflection.Descriptor,
            Kubeappsapis.Core.Packages.V1Alpha1.RepositoriesReflection.Descriptor,
            Kubeappsapis.Plugins.Helm.Packages.V1Alpha1.HelmReflection.Descriptor,
            Kubeappsapis.Plugins.Fluxv2.Packages.V1Alpha1.Fluxv2Reflection.Descriptor,
            Kubeappsapis.Plugins.KappController.Packages.V1Alpha1.KappControllerReflection.Descriptor,
            Kubeappsapis.Plugins.Resources.V1Alpha1.ResourcesReflection.Descriptor,
        ];
        var registrations = files.SelectMany(f => f.Services).Select(s => new RpcServiceRegistration(s, _ => new object()));
        return new RpcMethodRegistry(new ServiceCollection().BuildServiceProvider(), registrations, []);
    }
}
