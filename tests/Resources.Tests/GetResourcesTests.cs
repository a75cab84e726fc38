using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Wego.Plugins;
using Model = Wego.Plugins.ResourceRef;

namespace Wego.Resources.Tests;

public sealed class GetResourcesTests
{
    private static readonly Model s_web = new("apps/v1", "Deployment", "web", "team-a");
    private static readonly Model s_service = new("v1", "Service", "web", "team-a");

    private readonly ResourcesFixture _fixture = new();

    public GetResourcesTests()
    {
        _fixture.Host.Resources = [s_web, s_service];
        _fixture.Host.States = (resources, _) => resources.Select(r => new ResourceState(r, $"{{\"kind\":\"{r.Kind}\"}}", false)).ToAsyncEnumerable();
    }

    [Fact]
    public async Task Without_references_all_objects_of_the_package_are_sent()
    {
        var sent = await SendAsync(Request());

        sent.Select(r => r.ResourceRef.Kind).ShouldBe(["Deployment", "Service"]);
        sent[0].Manifest.ShouldBe("""{"kind":"Deployment"}""");
        _fixture.Host.Asked.ShouldBe(new InstalledPackageRef(new PluginId("fluxv2.packages", "v1alpha1"), "default", "team-a", "web"));
    }

    [Fact]
    public async Task With_references_only_those_are_sent_in_the_order_asked_for()
    {
        var sent = await SendAsync(Request(s_service, s_web));

        sent.Select(r => r.ResourceRef.Kind).ShouldBe(["Service", "Deployment"]);
    }

    [Theory]
    [InlineData("v1", "Secret", "web", "team-a")]
    [InlineData("apps/v1", "Deployment", "web", "team-b")]
    [InlineData("apps/v1beta1", "Deployment", "web", "team-a")]
    [InlineData("apps/v1", "Deployment", "other", "team-a")]
    public async Task An_object_that_is_not_the_packages_is_refused(string apiVersion, string kind, string name, string ns)
    {
        var refused = await Should.ThrowAsync<PackageException>(() => SendAsync(Request(s_web, new Model(apiVersion, kind, name, ns))));

        refused.Code.ShouldBe(PackageErrorCode.InvalidArgument);
        refused.Message.ShouldStartWith("resource_refs[1]:");
    }

    [Fact]
    public async Task A_watch_without_references_is_a_watch_of_all()
    {
        var request = Request();
        request.Watch = true;

        (await SendAsync(request)).Select(r => r.ResourceRef.Kind).ShouldBe(["Deployment", "Service"]);
    }

    [Fact]
    public async Task A_watch_goes_on_past_an_object_that_is_gone()
    {
        var watched = false;
        _fixture.Host.States = (_, watch) =>
        {
            watched = watch;
            return new[]
            {
                new ResourceState(s_web, "{\"n\":1}", false),
                new ResourceState(s_web, "{\"n\":2}", true),
                new ResourceState(s_web, "{\"n\":3}", false),
            }.ToAsyncEnumerable();
        };
        var request = Request(s_web);
        request.Watch = true;

        var sent = await SendAsync(request);

        watched.ShouldBeTrue();
        sent.Select(r => r.Manifest).ShouldBe(["{\"n\":1}", "{\"n\":2}", "{\"n\":3}"]);
    }

    [Fact]
    public async Task Objects_that_the_core_leaves_out_do_not_end_the_stream_with_an_error()
    {
        _fixture.Host.States = (_, _) => new[] { new ResourceState(s_service, "{}", false) }.ToAsyncEnumerable();

        (await SendAsync(Request(s_web, s_service))).Single().ResourceRef.Kind.ShouldBe("Service");
    }

    [Theory]
    [InlineData("installed_package_ref")]
    [InlineData("installed_package_ref.context.namespace")]
    [InlineData("installed_package_ref.identifier")]
    [InlineData("installed_package_ref.plugin.name")]
    public async Task An_incomplete_reference_is_named(string field)
    {
        var request = Request();
        switch (field.Split('.')[^1])
        {
            case "installed_package_ref":
                request.InstalledPackageRef = null;
                break;
            case "namespace":
                request.InstalledPackageRef.Context = null;
                break;
            case "identifier":
                request.InstalledPackageRef.Identifier = "";
                break;
            default:
                request.InstalledPackageRef.Plugin = null;
                break;
        }

        var refused = await Should.ThrowAsync<PackageException>(() => SendAsync(request));

        refused.Code.ShouldBe(PackageErrorCode.InvalidArgument);
        refused.Message.ShouldStartWith(field + ":");
    }

    [Fact]
    public async Task Without_a_token_nothing_is_asked()
    {
        var stream = _fixture.Service.GetResources(Request(), ResourcesFixture.Call("GetResources", token: null));

        (await ResourcesFixture.CodeOf(async () => await stream.ToListAsync(TestContext.Current.CancellationToken))).ShouldBe(PackageErrorCode.Unauthenticated);
        _fixture.Host.Asked.ShouldBeNull();
    }

    private static GetResourcesRequest Request(params Model[] resources) => new()
    {
        InstalledPackageRef = new InstalledPackageReference
        {
            Context = ResourcesFixture.In("team-a", "-"),
            Identifier = "web",
            Plugin = new() { Name = "fluxv2.packages", Version = "v1alpha1" },
        },
        ResourceRefs =
        {
            resources.Select(r => new Kubeappsapis.Core.Packages.V1Alpha1.ResourceRef { ApiVersion = r.ApiVersion, Kind = r.Kind, Name = r.Name, Namespace = r.Namespace }),
        },
    };

    private async Task<List<GetResourcesResponse>> SendAsync(GetResourcesRequest request) =>
        await _fixture.Service.GetResources(request, ResourcesFixture.Call("GetResources")).ToListAsync(TestContext.Current.CancellationToken);
}
