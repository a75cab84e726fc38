using System.Net;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;

namespace Wego.Contract.Tests.Lists;

public sealed class ResourceVersionTests(TestServers servers) : ContractTest(servers)
{
    [Theory, EachServer]
    public async Task A_list_at_least_as_new_as_a_version_has_what_was_written_before(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = await api.CreateConfigMapAsync("a");

        foreach (var version in (string[])["0", "", created.ResourceVersion])
        {
            var list = (await api.Admin.GetAsync($"{api.ConfigMaps}?resourceVersion={version}")).ShouldBe(HttpStatusCode.OK);
            long.Parse(list.ResourceVersion).ShouldBePositive();
            if (version != "0")
            {
                list.ItemNames.ShouldContain("a");
            }
        }
    }

    [Theory, EachServer]
    public async Task A_list_at_an_exact_version_shows_the_past(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = await api.CreateConfigMapAsync("a");
        await api.CreateConfigMapAsync("b");

        var list = (await api.Admin.GetAsync($"{api.ConfigMaps}?resourceVersion={created.ResourceVersion}&resourceVersionMatch=Exact&limit=500")).ShouldBe(HttpStatusCode.OK);

        list.ResourceVersion.ShouldBe(created.ResourceVersion);
        list.ItemNames.ShouldContain("a");
        list.ItemNames.ShouldNotContain("b");
    }

    [Theory, EachServer]
    public async Task A_version_that_is_no_number_is_refused(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await api.Admin.GetAsync($"{api.ConfigMaps}?resourceVersion=nonsense");

        response.Status.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.InternalServerError, (HttpStatusCode)422);
        response.Body.Text("/kind").ShouldBe("Status");
    }

    [Theory, EachServer]
    public async Task A_write_with_a_version_that_is_no_number_is_refused(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("a");

        var response = await api.Admin.PutAsync($"{api.ConfigMaps}/a", """{ "metadata": { "name": "a", "resourceVersion": "nonsense" } }""");

        response.Status.ShouldBeOneOf((HttpStatusCode)422, HttpStatusCode.InternalServerError);
        response.Body.Text("/message").ShouldContain("nonsense");
    }

    [Theory, EachServer]
    public async Task Creating_with_a_resource_version_is_refused(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await api.Admin.PostAsync(api.ConfigMaps, """{ "metadata": { "name": "a", "resourceVersion": "5" } }""");

        response.ShouldBe(HttpStatusCode.InternalServerError).Body.Text("/message").ShouldBe("resourceVersion should not be set on objects to be created");
    }
}
