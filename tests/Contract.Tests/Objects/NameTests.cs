using System.Net;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;

namespace Wego.Contract.Tests.Objects;

public sealed class NameTests(TestServers servers) : ContractTest(servers)
{
    [Theory, EachServer]
    public async Task GenerateName_appends_five_characters(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var first = await api.Admin.PostAsync(api.ConfigMaps, """{ "metadata": { "generateName": "run-" } }""");
        var second = await api.Admin.PostAsync(api.ConfigMaps, """{ "metadata": { "generateName": "run-" } }""");

        first.ShouldBe(HttpStatusCode.Created).Name.ShouldMatch("^run-[a-z0-9]{5}$");
        second.ShouldBe(HttpStatusCode.Created).Name.ShouldNotBe(first.Name);
        (await api.Admin.GetAsync($"{api.ConfigMaps}/{first.Name}")).Body.At("/metadata/generateName")!.GetValue<string>().ShouldBe("run-");
    }

    [Theory, EachServer]
    public async Task A_name_or_a_generated_name_is_required(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await api.Admin.PostAsync(api.ConfigMaps, """{ "metadata": {} }""");

        response.ShouldFail((HttpStatusCode)422, "Invalid", "metadata.name: Required value: name or generateName is required");
        var cause = response.Body["details"]!["causes"]![0];
        cause.Text("/reason").ShouldBe("FieldValueRequired");
        cause.Text("/field").ShouldBe("metadata.name");
    }

    [Theory, EachServer]
    public async Task A_name_must_be_a_DNS_subdomain(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        foreach (var name in (string[])["Upper", "-a", "a_b", "a..b", new string('a', 254)])
        {
            var response = await api.Admin.PostAsync(api.ConfigMaps, $$"""{ "metadata": { "name": "{{name}}" } }""");
            response.ShouldFail((HttpStatusCode)422, "Invalid", $"ConfigMap \"{name}\" is invalid: metadata.name: Invalid value: \"{name}\"");
            response.Body["details"]!["causes"]![0].Text("/reason").ShouldBe("FieldValueInvalid");
        }
    }

    [Theory, EachServer]
    public async Task A_namespace_name_must_be_a_DNS_label(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        foreach (var name in (string[])["a.b", new string('a', 64)])
        {
            var response = await api.Admin.PostAsync("/api/v1/namespaces", $$"""{ "metadata": { "name": "{{name}}" } }""");
            response.ShouldFail((HttpStatusCode)422, "Invalid", "metadata.name");
        }
    }

    [Theory, EachServer]
    public async Task Label_values_and_keys_are_validated(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        foreach (var label in (string[])["\"app\": \"not valid\"", "\"not valid\": \"a\"", $"\"app\": \"{new string('a', 64)}\""])
        {
            var response = await api.Admin.PostAsync(api.ConfigMaps, $$"""{ "metadata": { "name": "a", "labels": { {{label}} } } }""");
            response.ShouldFail((HttpStatusCode)422, "Invalid", "metadata.labels: Invalid value");
        }
    }

    [Theory, EachServer]
    public async Task The_name_of_the_body_must_be_that_of_the_path(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("a");

        var response = await api.Admin.PutAsync($"{api.ConfigMaps}/a", """{ "metadata": { "name": "b" } }""");

        response.ShouldFail(HttpStatusCode.BadRequest, "BadRequest", "the name of the object (b) does not match the name on the URL (a)");
    }

    [Theory, EachServer]
    public async Task The_names_of_keys_in_a_config_map_are_validated(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await api.Admin.PostAsync(api.ConfigMaps, """{ "metadata": { "name": "a" }, "data": { "not valid": "1" } }""");

        response.ShouldFail((HttpStatusCode)422, "Invalid", "data[not valid]: Invalid value: \"not valid\"");
    }
}
