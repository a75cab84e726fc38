using System.Net;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;

namespace Wego.Contract.Tests.Negotiation;

public sealed class BadRequestTests(TestServers servers) : ContractTest(servers)
{
    [Theory, EachServer]
    public async Task A_body_that_is_no_JSON_is_a_bad_request(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        foreach (var body in (string[])["{ nonsense", "", "[]", "\"text\""])
        {
            var response = await api.Admin.PostAsync(api.ConfigMaps, body);
            response.ShouldBe(HttpStatusCode.BadRequest).Body.Text("/reason").ShouldBe("BadRequest", response.ToString());
        }
    }

    [Theory, EachServer]
    public async Task A_field_of_the_wrong_type_is_a_bad_request(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        (await api.Admin.PostAsync(api.ConfigMaps, """{ "metadata": { "name": "a", "labels": "none" } }""")).ShouldFail(HttpStatusCode.BadRequest, "BadRequest");
        (await api.Admin.PostAsync(api.ConfigMaps, """{ "metadata": { "name": "a" }, "data": { "a": 1 } }""")).ShouldFail(HttpStatusCode.BadRequest, "BadRequest");
    }

    [Theory, EachServer]
    public async Task The_kind_of_the_body_must_be_that_of_the_path(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        (await api.Admin.PostAsync(api.ConfigMaps, """{ "apiVersion": "v1", "kind": "Secret", "metadata": { "name": "a" } }""")).ShouldFail(
            HttpStatusCode.BadRequest, "BadRequest", "Secret in version \"v1\" cannot be handled as a ConfigMap");
    }

    [Theory, EachServer]
    public async Task The_version_of_the_body_must_be_that_of_the_path(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        (await api.Admin.PostAsync(api.ConfigMaps, """{ "apiVersion": "apps/v1", "kind": "ConfigMap", "metadata": { "name": "a" } }""")).ShouldFail(
            HttpStatusCode.BadRequest, "BadRequest");
        (await api.Admin.PostAsync(api.Widgets, """{ "apiVersion": "v1", "kind": "Widget", "metadata": { "name": "a" }, "spec": { "size": 1 } }""")).ShouldFail(
            HttpStatusCode.BadRequest, "BadRequest");
    }

    [Theory, EachServer]
    public async Task An_unknown_content_type_is_an_unsupported_media_type(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await api.Admin.SendAsync(HttpMethod.Post, api.ConfigMaps, """{ "metadata": { "name": "a" } }""", "text/plain", Cancel);

        response.ShouldBe(HttpStatusCode.UnsupportedMediaType).Body.Text("/reason").ShouldBe("UnsupportedMediaType");
        response.Body.Text("/message").ShouldStartWith("the body of the request was in an unknown format - accepted media types include: ");
    }

    [Theory, EachServer]
    public async Task A_method_that_a_resource_does_not_have_is_MethodNotAllowed(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        (await api.Admin.PostAsync($"{api.ConfigMaps}/a", """{ "metadata": { "name": "a" } }""")).ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await api.Admin.PutAsync(api.ConfigMaps, """{ "metadata": { "name": "a" } }""")).ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await api.Admin.GetAsync("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")).ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Theory, EachServer]
    public async Task Numbers_in_the_query_must_be_numbers(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        (await api.Admin.GetAsync($"{api.ConfigMaps}?limit=many")).ShouldBe(HttpStatusCode.BadRequest);
        (await api.Admin.GetAsync($"{api.ConfigMaps}?watch=true&timeoutSeconds=soon")).ShouldBe(HttpStatusCode.BadRequest);
    }
}
