using System.Net;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;

namespace Wego.Contract.Tests.Access;

public sealed class ImpersonationTests(TestServers servers) : ContractTest(servers)
{
    [Theory, EachServer]
    public async Task An_administrator_acts_as_a_user(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        (await GetAsAsync(api.Admin, api.ConfigMaps, ("Impersonate-User", api.Server.Identities.Viewer.UserName))).ShouldBe(HttpStatusCode.OK);
        (await GetAsAsync(api.Admin, api.Secrets, ("Impersonate-User", api.Server.Identities.Viewer.UserName))).ShouldFail(
            HttpStatusCode.Forbidden, "Forbidden", $"User \"{api.Server.Identities.Viewer.UserName}\" cannot list resource \"secrets\"");
        (await GetAsAsync(api.Admin, api.Secrets, ("Impersonate-User", "somebody"), ("Impersonate-Group", "system:masters"))).ShouldBe(HttpStatusCode.OK);
    }

    [Theory, EachServer]
    public async Task Others_may_not(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var user = api.Server.Identities.Viewer.UserName;

        (await GetAsAsync(api.Viewer, api.ConfigMaps, ("Impersonate-User", "admin"))).ShouldFail(
            HttpStatusCode.Forbidden, "Forbidden", $"users \"admin\" is forbidden: User \"{user}\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope");
    }

    [Theory, EachServer]
    public async Task A_group_without_a_user_is_refused(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await GetAsAsync(api.Admin, api.ConfigMaps, ("Impersonate-Group", "system:masters"));

        response.ShouldBe(HttpStatusCode.InternalServerError).Text.ShouldContain("without impersonating a user");
    }

    private static Task<ApiResponse> GetAsAsync(ApiClient client, string path, params (string, string?)[] headers) =>
        client.SendAsync(HttpMethod.Get, path, null, null, Cancel, headers);
}
