using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Wego.Sandbox;

namespace Wego.EndToEnd.Formats;

/// <summary>The repositories of every plugin over REST, at the paths of its own service: kubeapps-apis had them for Flux alone.</summary>
public sealed class RestRepositoriesTests(WegoFixture wego) : IClassFixture<WegoFixture>
{
    [Theory]
    [InlineData("fluxv2.packages")]
    [InlineData("helm.packages")]
    [InlineData("kapp_controller.packages")]
    public async Task ARepositoryIsAddedReadListedAndDeleted(string plugin)
    {
        var format = FormatCase.All(wego.Sample).Single(f => f.Plugin.Name == plugin);
        using var rest = wego.Rest(SandboxTokens.TeamA);
        var one = $"{format.Rest}/repositories/c/default/ns/team-a/by-rest";
        var body = new JsonObject
        {
            ["context"] = new JsonObject { ["namespace"] = "team-a" },
            ["name"] = "by-rest",
            ["type"] = format.RepositoryType,
            ["url"] = format.RepositoryUrl.ToString(),
            ["interval"] = "10m",
            ["namespaceScoped"] = true,
        };
        (await SendAsync(rest, HttpMethod.Post, $"{format.Rest}/repositories", body))["packageRepoRef"]!["plugin"]!["name"]!.ToString().ShouldBe(plugin);

        (await SendAsync(rest, HttpMethod.Get, one))["detail"]!["url"]!.ToString().ShouldBe(format.RepositoryUrl.ToString());
        (await SendAsync(rest, HttpMethod.Get, $"{format.Rest}/repositories?context.namespace=team-a"))["packageRepositorySummaries"]!.AsArray()
            .Select(r => r!["name"]!.ToString()).ShouldContain("by-rest");
        (await SendAsync(rest, HttpMethod.Get, $"{format.Rest}/repositories/c/default/permissions?context.namespace=team-a"))["permissions"]!.AsArray()
            .ShouldHaveSingleItem()!["namespace"]!["delete"]!.GetValue<bool>().ShouldBeTrue();
        await SendAsync(rest, HttpMethod.Delete, one);
        using var gone = await rest.GetAsync(one, TestContext.Current.CancellationToken);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<JsonNode> SendAsync(HttpClient rest, HttpMethod method, string path, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        using var response = await rest.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}
