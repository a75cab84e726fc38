using System.Net;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;

namespace Wego.Contract.Tests.CustomResources;

public sealed class DefinitionTests(TestServers servers) : ContractTest(servers)
{
    [Theory, EachServer]
    public async Task A_definition_is_accepted_established_and_served_until_it_is_deleted(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var group = $"{api.Namespace}.contract.wego.dev";
        var things = $"/apis/{group}/v1/things";
        (await api.Admin.PostAsync(WidgetDefinition.Path, Definition(group, "things"))).ShouldBe(HttpStatusCode.Created);
        await WidgetDefinition.WaitUntilEstablishedAsync(api.Admin, $"things.{group}", Cancel);

        var definition = (await api.Admin.GetAsync($"{WidgetDefinition.Path}/things.{group}")).ShouldBe(HttpStatusCode.OK).Body;
        definition.Texts("/status/storedVersions").ShouldBe(["v1"]);
        definition.Text("/status/acceptedNames/kind").ShouldBe("Thing");
        definition.Text("/status/acceptedNames/listKind").ShouldBe("ThingList");
        definition.Text("/status/acceptedNames/singular").ShouldBe("thing");

        var thing = $$"""{ "apiVersion": "{{group}}/v1", "kind": "Thing", "metadata": { "name": "t" }, "spec": { "free": "form" } }""";
        (await api.Admin.PostAsync(things, thing)).ShouldBe(HttpStatusCode.Created).Body.At("/metadata/namespace").ShouldBeNull("the kind is cluster-scoped");

        await using var watch = await api.Admin.WatchAsync($"{WidgetDefinition.Path}?watch=true&fieldSelector=metadata.name=things.{group}");
        (await api.Admin.DeleteAsync($"{WidgetDefinition.Path}/things.{group}")).ShouldBe(HttpStatusCode.OK);
        await watch.UntilDeletedAsync($"things.{group}");
        (await api.Admin.GetAsync($"{things}/t")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, EachServer]
    public async Task The_name_of_a_definition_must_be_plural_dot_group(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await api.Admin.PostAsync(
            WidgetDefinition.Path, Definition("contract.wego.dev", "things").Replace("things.contract.wego.dev", "wrong.contract.wego.dev", StringComparison.Ordinal));

        response.ShouldFail((HttpStatusCode)422, "Invalid", "metadata.name: Invalid value: \"wrong.contract.wego.dev\": must be spec.names.plural+\".\"+spec.group");
    }

    [Theory, EachServer]
    public async Task A_definition_needs_a_schema(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var group = $"{api.Namespace}.contract.wego.dev";

        var response = await api.Admin.PostAsync(
            WidgetDefinition.Path,
            $$"""
            {
              "metadata": { "name": "bares.{{group}}" },
              "spec": { "group": "{{group}}", "scope": "Namespaced", "names": { "plural": "bares", "kind": "Bare" }, "versions": [{ "name": "v1", "served": true, "storage": true }] }
            }
            """);

        response.ShouldFail((HttpStatusCode)422, "Invalid", "spec.versions[0].schema.openAPIV3Schema: Required value: schemas are required");
    }

    [Theory, EachServer]
    public async Task Exactly_one_version_is_stored(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await api.Admin.PostAsync(
            WidgetDefinition.Path, Definition("contract.wego.dev", "things").Replace("\"storage\": true", "\"storage\": false", StringComparison.Ordinal));

        response.ShouldFail((HttpStatusCode)422, "Invalid", "must have exactly one version marked as storage version");
    }

    private static string Definition(string group, string plural) =>
        $$"""
        {
          "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
          "metadata": { "name": "{{plural}}.{{group}}" },
          "spec": {
            "group": "{{group}}", "scope": "Cluster", "names": { "plural": "{{plural}}", "kind": "Thing" },
            "versions": [{
              "name": "v1", "served": true, "storage": true,
              "schema": { "openAPIV3Schema": { "type": "object", "x-kubernetes-preserve-unknown-fields": true } }
            }]
          }
        }
        """;
}
