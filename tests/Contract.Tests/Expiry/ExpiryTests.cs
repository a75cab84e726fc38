using System.Net;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;

namespace Wego.Contract.Tests.Expiry;

/// <summary>What happens to clients whose version the server has forgotten. Not beside other tests, whose versions it would forget too.</summary>
[CollectionDefinition(nameof(ExpiryTests), DisableParallelization = true)]
[Collection(nameof(ExpiryTests))]
public sealed class ExpiryTests(TestServers servers) : ContractTest(servers)
{
    [Theory, EachServer]
    public async Task An_expired_continue_token_is_Expired_and_comes_with_a_way_on(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("a");
        await api.CreateConfigMapAsync("b");
        var first = (await api.Admin.GetAsync($"{api.ConfigMaps}?limit=1")).ShouldBe(HttpStatusCode.OK);
        var later = await api.CreateConfigMapAsync("c");
        await api.Server.CompactAsync(later.ResourceVersion, Cancel);

        var expired = await api.Admin.GetAsync($"{api.ConfigMaps}?limit=1&continue={Uri.EscapeDataString(first.Body.Text("/metadata/continue"))}");

        expired.ShouldFail(HttpStatusCode.Gone, "Expired", "The provided continue parameter is too old");
        var rest = (await api.Admin.GetAsync($"{api.ConfigMaps}?continue={Uri.EscapeDataString(expired.Body.Text("/metadata/continue"))}")).ShouldBe(HttpStatusCode.OK);
        rest.ItemNames.ShouldBe(["b", "c"]);
    }

    [Theory, EachServer]
    public async Task A_list_at_an_exact_version_that_is_forgotten_is_Expired(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = await api.CreateConfigMapAsync("a");
        var later = await api.CreateConfigMapAsync("b");
        await api.Server.CompactAsync(later.ResourceVersion, Cancel);

        var list = await api.Admin.GetAsync($"{api.ConfigMaps}?resourceVersion={created.ResourceVersion}&resourceVersionMatch=Exact&limit=500");

        list.ShouldFail(HttpStatusCode.Gone, "Expired", "The resourceVersion for the provided list is too old");
    }

    [Theory, EachServer]
    public async Task A_watch_from_a_version_that_is_too_old_is_an_ERROR_event_of_code_410(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var created = await api.Admin.PostAsync(
            api.Widgets, $$"""{ "apiVersion": "{{WidgetDefinition.Group}}/v1", "kind": "Widget", "metadata": { "name": "w" }, "spec": { "size": 1 } }""");
        await api.Server.CompactAsync(created.ShouldBe(HttpStatusCode.Created).ResourceVersion, Cancel);

        await using var watch = await api.Admin.WatchAsync($"{api.Widgets}?watch=true&resourceVersion=1");

        var error = (await watch.NextAsync()).ShouldNotBeNull();
        error.Type.ShouldBe("ERROR");
        error.Object.Text("/kind").ShouldBe("Status");
        error.Object.Text("/status").ShouldBe("Failure");
        error.Object.Text("/reason").ShouldBe("Expired");
        error.Object.At("/code")!.GetValue<int>().ShouldBe(410);
        error.Object.Text("/message").ShouldContain("too old resource version: 1 (");
        (await watch.NextAsync()).ShouldBeNull();
    }
}
