using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Core.Plugins.V1Alpha1;
using Wego.Core.V1;
using Wego.Rpc;
using Wego.Sandbox;

namespace Wego.EndToEnd;

/// <summary>The inputs that only one format has: what a schema asks for is what the requests take.</summary>
public sealed class FormsTests(WegoFixture wego) : IClassFixture<WegoFixture>
{
    private static readonly MethodDescriptor GetPluginForms = FormsReflection.Descriptor.Services.Single().FindMethodByName("GetPluginForms");

    [Fact]
    public async Task EveryFieldOfEveryFormExistsInItsRequest()
    {
        using var user = wego.User(SandboxTokens.TeamA);
        var forms = (await user.CallAsync<GetPluginFormsResponse>(GetPluginForms, new GetPluginFormsRequest())).Forms;
        forms.ShouldNotBeEmpty();
        forms.Select(f => (f.Plugin.Name, f.Purpose)).ShouldBe(forms.Select(f => (f.Plugin.Name, f.Purpose)).Order());
        foreach (var form in forms)
        {
            using var schema = JsonDocument.Parse(form.JsonSchema);
            schema.RootElement.GetProperty("$schema").GetString().ShouldBe("https://json-schema.org/draft/2020-12/schema");
            ShouldFit(schema.RootElement, RequestOf(form.Purpose), $"{form.Plugin.Name} {form.Purpose}");
        }
    }

    [Fact]
    public async Task WhatAFormMakesIsMergedIntoTheRequestAsItIs()
    {
        using var rest = wego.Rest(SandboxTokens.TeamA);
        var answer = await rest.GetStringAsync("/wego/core/v1/forms?plugin.name=fluxv2.packages&purpose=FORM_PURPOSE_ADD_REPOSITORY", TestContext.Current.CancellationToken);
        var form = JsonNode.Parse(answer)!["forms"]!.AsArray().ShouldHaveSingleItem()!;
        var detail = JsonNode.Parse((string)form["jsonSchema"]!)!["properties"]!["customDetail"]!["properties"]!;
        var request = new JsonObject
        {
            ["context"] = new JsonObject { ["namespace"] = "team-a" },
            ["name"] = "by-form",
            ["type"] = "oci",
            ["url"] = "oci://registry.test/charts",
            ["namespaceScoped"] = true,
            ["plugin"] = form["plugin"]!.DeepClone(),
            ["customDetail"] = new JsonObject { ["@type"] = (string)detail["@type"]!["const"]!, ["provider"] = (string)detail["provider"]!["enum"]![1]! },
        };
        using var added = await rest.PostAsync(
            "/core/packages/v1alpha1/repositories", new StringContent(request.ToJsonString(), System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        added.StatusCode.ShouldBe(HttpStatusCode.OK);

        var read = JsonNode.Parse(await rest.GetStringAsync(
            "/core/packages/v1alpha1/repositories/plugin/fluxv2.packages/v1alpha1/c/default/ns/team-a/by-form", TestContext.Current.CancellationToken));
        ((string?)read!["detail"]!["customDetail"]!["provider"]).ShouldBe("aws");
        await wego.User(SandboxTokens.TeamA).RemoveRepositoryAsync("team-a", "by-form");
    }

    [Fact]
    public async Task AnUnknownPluginAndAMissingTokenAreRefused()
    {
        using var user = wego.User(SandboxTokens.TeamA);
        (await user.FailAsync(GetPluginForms, new GetPluginFormsRequest { Plugin = new Plugin { Name = "unknown.packages" } })).Code.ShouldBe(RpcStatusCode.InvalidArgument);
        using var nobody = wego.User(null);
        (await nobody.FailAsync(GetPluginForms, new GetPluginFormsRequest())).Code.ShouldBe(RpcStatusCode.Unauthenticated);
    }

    private static MessageDescriptor RequestOf(FormPurpose purpose) => purpose switch
    {
        FormPurpose.Create => CreateInstalledPackageRequest.Descriptor,
        FormPurpose.Update => UpdateInstalledPackageRequest.Descriptor,
        FormPurpose.AddRepository => AddPackageRepositoryRequest.Descriptor,
        _ => throw new InvalidOperationException($"a form without purpose: {purpose}"),
    };

    private static void ShouldFit(JsonElement schema, MessageDescriptor message, string path)
    {
        if (!schema.TryGetProperty("properties", out var properties))
        {
            return;
        }

        foreach (var property in properties.EnumerateObject())
        {
            if (property.Name == "@type")
            {
                continue;
            }

            var where = $"{path}.{property.Name}";
            var field = message.Fields.InDeclarationOrder().FirstOrDefault(f => f.JsonName == property.Name).ShouldNotBeNull($"{where} is no field of {message.FullName}");
            var item = field.IsMap
                ? property.Value.GetProperty("additionalProperties")
                : field.IsRepeated ? property.Value.GetProperty("items") : property.Value;
            if (field is { FieldType: FieldType.Message, IsMap: false })
            {
                ShouldFit(item, TypeOf(field.MessageType, item, where), where);
            }
        }
    }

    private static MessageDescriptor TypeOf(MessageDescriptor declared, JsonElement schema, string path)
    {
        if (declared.FullName != "google.protobuf.Any")
        {
            return declared;
        }

        var name = schema.GetProperty("properties").GetProperty("@type").GetProperty("const").GetString()!;
        return FileOf(name[(name.LastIndexOf('/') + 1)..]).ShouldNotBeNull($"{path}: there is no message {name}");
    }

    private static MessageDescriptor? FileOf(string fullName) => new[]
    {
        Kubeappsapis.Plugins.Fluxv2.Packages.V1Alpha1.Fluxv2Reflection.Descriptor,
        Kubeappsapis.Plugins.Helm.Packages.V1Alpha1.HelmReflection.Descriptor,
        Kubeappsapis.Plugins.KappController.Packages.V1Alpha1.KappControllerReflection.Descriptor,
    }.SelectMany(f => f.MessageTypes).FirstOrDefault(m => m.FullName == fullName);
}
