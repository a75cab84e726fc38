using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Builder;
using Wego.Rpc.Tests.Protos;
using Wego.Rpc.Tests.Support;

namespace Wego.Rpc.Tests.OpenApi;

public sealed class OpenApiTests
{
    private static readonly OpenApiInfo Info = new("Shelves", "1.2.3", "All about books.");

    [Fact]
    public async Task The_document_is_as_expected()
    {
        await using var server = await StartAsync(ShelvesReflection.Descriptor.Services[0]);
        var expected = await File.ReadAllTextAsync(
            Path.Combine(TestPaths.Root, "tests", "Rpc.Tests", "OpenApi", "shelves.openapi.json"), TestContext.Current.CancellationToken);

        var response = await RawHttp.SendAsync(server.Address, "GET /openapi.json HTTP/1.0");

        response.Headers["Content-Type"].ShouldBe("application/json");
        response.Text.ShouldBe(expected.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("/openapi.yaml")]
    [InlineData("/apis/openapi.yaml")]
    public async Task The_document_is_also_yaml(string path)
    {
        await using var server = await StartAsync(ThingsReflection.Descriptor.Services[0]);

        var yaml = await RawHttp.SendAsync(server.Address, $"GET {path} HTTP/1.0");
        var json = await RawHttp.SendAsync(server.Address, "GET /openapi.json HTTP/1.0");

        yaml.Headers["Content-Type"].ShouldBe("application/yaml");
        yaml.Text.ShouldBe(json.Text);
    }

    [Fact]
    public async Task The_whole_contract_is_described()
    {
        var document = await DocumentAsync(
        [
            Kubeappsapis.Core.Plugins.V1Alpha1.PluginsReflection.Descriptor,
            Kubeappsapis.Core.Packages.V1Alpha1.PackagesReflection.Descriptor,
            Kubeappsapis.Core.Packages.V1Alpha1.RepositoriesReflection.Descriptor,
            Kubeappsapis.Plugins.Helm.Packages.V1Alpha1.HelmReflection.Descriptor,
            Kubeappsapis.Plugins.Fluxv2.Packages.V1Alpha1.Fluxv2Reflection.Descriptor,
            Kubeappsapis.Plugins.KappController.Packages.V1Alpha1.KappControllerReflection.Descriptor,
            Kubeappsapis.Plugins.Resources.V1Alpha1.ResourcesReflection.Descriptor,
        ]);

        var paths = document["paths"]!.AsObject();
        paths.Count.ShouldBe(47);
        paths.Sum(p => p.Value!.AsObject().Count).ShouldBe(71);
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        var document = await DocumentAsync([Kubeappsapis.Core.Packages.V1Alpha1.RepositoriesReflection.Descriptor, ThingsReflection.Descriptor]);

        var references = Values(document).Where(v => v.Name == "$ref").Select(v => v.Value.GetValue<string>()).Distinct().ToArray();

        references.Length.ShouldBeGreaterThan(20);
        references.ShouldAllBe(r => r.Split('/', StringSplitOptions.None).Skip(1).Aggregate((JsonNode?)document, (node, key) => node![key]) != null);
    }

    [Fact]
    public async Task Operations_have_names_of_their_own()
    {
        var document = await DocumentAsync([ThingsReflection.Descriptor]);

        var names = Values(document).Where(v => v.Name == "operationId").Select(v => v.Value.GetValue<string>()).ToArray();

        names.ShouldContain("wego.rpc.test.v1.ThingService.Get.1");
        names.ShouldBeUnique();
    }

    private static IEnumerable<(string Name, JsonValue Value)> Values(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => p.Value is JsonValue v ? [(p.Key, v)] : Values(p.Value)),
        JsonArray a => a.SelectMany(Values),
        _ => [],
    };

    private static Task<EchoServer> StartAsync(params IEnumerable<ServiceDescriptor> services) => EchoServer.StartAsync(app: app =>
    {
        foreach (var service in services)
        {
            app.MapRpcService(service, new object());
        }

        app.UseRpcOpenApi(Info);
        app.UseRpcRest();
    });

    private static async Task<JsonNode> DocumentAsync(FileDescriptor[] files)
    {
        await using var server = await StartAsync(files.SelectMany(f => f.Services));
        return JsonNode.Parse((await RawHttp.SendAsync(server.Address, "GET /openapi.json HTTP/1.0")).Text)!;
    }
}
