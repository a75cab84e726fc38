using System.Net;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;

namespace Wego.Contract.Tests.Lists;

public sealed class PagingTests(TestServers servers) : ContractTest(servers)
{
    [Theory, EachServer]
    public async Task Pages_follow_each_other_in_order_of_names(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await CreateAsync(api, "c", "a", "e", "b", "d");

        var first = (await api.Admin.GetAsync($"{api.Widgets}?limit=2")).ShouldBe(HttpStatusCode.OK);
        first.ItemNames.ShouldBe(["a", "b"]);
        first.Body.At("/metadata/remainingItemCount")!.GetValue<long>().ShouldBe(3);

        var second = (await api.Admin.GetAsync($"{api.Widgets}?limit=2&continue={Token(first)}")).ShouldBe(HttpStatusCode.OK);
        second.ItemNames.ShouldBe(["c", "d"]);
        second.Body.At("/metadata/remainingItemCount")!.GetValue<long>().ShouldBe(1);
        second.ResourceVersion.ShouldBe(first.ResourceVersion);

        var last = (await api.Admin.GetAsync($"{api.Widgets}?limit=2&continue={Token(second)}")).ShouldBe(HttpStatusCode.OK);
        last.ItemNames.ShouldBe(["e"]);
        last.Body.Text("/metadata/continue").ShouldBeEmpty();
        last.Body.At("/metadata/remainingItemCount").ShouldBeNull();
    }

    [Theory, EachServer]
    public async Task Later_pages_show_the_list_as_it_was_at_the_first(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await CreateAsync(api, "a", "b", "c");
        var first = (await api.Admin.GetAsync($"{api.Widgets}?limit=1")).ShouldBe(HttpStatusCode.OK);

        await CreateAsync(api, "bb");
        (await api.Admin.DeleteAsync($"{api.Widgets}/c")).ShouldBe(HttpStatusCode.OK);

        var rest = (await api.Admin.GetAsync($"{api.Widgets}?limit=10&continue={Token(first)}")).ShouldBe(HttpStatusCode.OK);
        rest.ItemNames.ShouldBe(["b", "c"]);
    }

    [Theory, EachServer]
    public async Task A_page_that_holds_everything_has_no_token(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await CreateAsync(api, "a", "b");

        var list = (await api.Admin.GetAsync($"{api.Widgets}?limit=2")).ShouldBe(HttpStatusCode.OK);

        list.ItemNames.ShouldBe(["a", "b"]);
        list.Body.At("/metadata/continue")?.GetValue<string>().ShouldBeEmpty();
    }

    [Theory, EachServer]
    public async Task With_a_selector_the_rest_is_not_counted(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await CreateAsync(api, "a", "b", "c");

        var list = (await api.Admin.GetAsync($"{api.Widgets}?limit=1&labelSelector=suite=paging")).ShouldBe(HttpStatusCode.OK);

        list.ItemNames.ShouldBe(["a"]);
        Token(list).ShouldNotBeEmpty();
        list.Body.At("/metadata/remainingItemCount").ShouldBeNull();
    }

    [Theory, EachServer]
    public async Task A_page_is_filled_up_past_items_that_do_not_match(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await CreateAsync(api, "a", "b", "c", "d");
        (await api.Admin.PatchAsync($"{api.Widgets}/b", ApiClient.MergePatch, """{ "metadata": { "labels": { "suite": "other" } } }""")).ShouldBe(HttpStatusCode.OK);

        var list = (await api.Admin.GetAsync($"{api.Widgets}?limit=2&labelSelector=suite=paging")).ShouldBe(HttpStatusCode.OK);

        list.ItemNames.ShouldBe(["a", "c"]);
    }

    [Theory, EachServer]
    public async Task A_token_that_is_none_is_refused(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await api.Admin.GetAsync($"{api.Widgets}?limit=1&continue=nonsense");

        response.ShouldFail(HttpStatusCode.BadRequest, "BadRequest", "continue key is not valid");
    }

    [Theory, EachServer]
    public async Task A_token_and_a_resource_version_exclude_each_other(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await CreateAsync(api, "a", "b");
        var first = (await api.Admin.GetAsync($"{api.Widgets}?limit=1")).ShouldBe(HttpStatusCode.OK);

        var response = await api.Admin.GetAsync($"{api.Widgets}?limit=1&continue={Token(first)}&resourceVersion={first.ResourceVersion}");

        response.ShouldFail(HttpStatusCode.BadRequest, "BadRequest", "specifying resource version is not allowed when using continue");
    }

    private static string Token(ApiResponse list) => Uri.EscapeDataString(list.Body.Text("/metadata/continue"));

    private static async Task CreateAsync(ApiScope api, params string[] names)
    {
        foreach (var name in names)
        {
            (await api.Admin.PostAsync(
                api.Widgets,
                $$"""{ "apiVersion": "{{WidgetDefinition.Group}}/v1", "kind": "Widget", "metadata": { "name": "{{name}}", "labels": { "suite": "paging" } }, "spec": { "size": 1 } }"""))
                .ShouldBe(HttpStatusCode.Created);
        }
    }
}
