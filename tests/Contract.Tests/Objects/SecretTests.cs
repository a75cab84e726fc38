using System.Net;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;

namespace Wego.Contract.Tests.Objects;

public sealed class SecretTests(TestServers servers) : ContractTest(servers)
{
    [Theory, EachServer]
    public async Task String_data_becomes_data_and_wins_over_it(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var created = await api.Admin.PostAsync(
            api.Secrets, """{ "metadata": { "name": "login" }, "data": { "user": "Yg==", "kept": "YQ==" }, "stringData": { "user": "root", "password": "pässword" } }""");

        created.ShouldBe(HttpStatusCode.Created).Body.At("/data").ShouldBeJson("""{ "kept": "YQ==", "password": "cMOkc3N3b3Jk", "user": "cm9vdA==" }""");
        created.Body.At("/stringData").ShouldBeNull();
        created.Body.Text("/type").ShouldBe("Opaque");
    }

    [Theory, EachServer]
    public async Task String_data_in_a_patch_is_merged_into_data(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        (await api.Admin.PostAsync(api.Secrets, """{ "metadata": { "name": "login" }, "stringData": { "user": "root" } }""")).ShouldBe(HttpStatusCode.Created);

        var patched = await api.Admin.PatchAsync($"{api.Secrets}/login", ApiClient.MergePatch, """{ "stringData": { "password": "x" } }""");

        patched.ShouldBe(HttpStatusCode.OK).Body.At("/data").ShouldBeJson("""{ "password": "eA==", "user": "cm9vdA==" }""");
    }

    [Theory, EachServer]
    public async Task Data_that_is_no_base64_is_refused(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await api.Admin.PostAsync(api.Secrets, """{ "metadata": { "name": "login" }, "data": { "user": "not base64" } }""");

        response.ShouldFail(HttpStatusCode.BadRequest, "BadRequest", "illegal base64 data");
    }

    [Theory, EachServer]
    public async Task The_type_cannot_be_changed(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        (await api.Admin.PostAsync(api.Secrets, """{ "metadata": { "name": "login" }, "type": "example.com/a" }""")).ShouldBe(HttpStatusCode.Created);

        var response = await api.Admin.PatchAsync($"{api.Secrets}/login", ApiClient.MergePatch, """{ "type": "example.com/b" }""");

        response.ShouldFail((HttpStatusCode)422, "Invalid", "field is immutable");
    }

    [Theory, EachServer]
    public async Task A_docker_config_must_hold_its_key(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await api.Admin.PostAsync(
            api.Secrets, """{ "metadata": { "name": "pull" }, "type": "kubernetes.io/dockerconfigjson", "stringData": { "wrong": "{}" } }""");

        response.ShouldFail((HttpStatusCode)422, "Invalid", "data[.dockerconfigjson]: Required value");
    }
}
