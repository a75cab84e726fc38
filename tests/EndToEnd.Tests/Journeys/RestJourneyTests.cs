using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Wego.Sandbox;

namespace Wego.EndToEnd;

/// <summary>The main path over REST, with the JSON that somebody with curl would write.</summary>
public sealed class RestJourneyTests(WegoFixture wego) : IClassFixture<WegoFixture>
{
    private const string Core = "/core/packages/v1alpha1";
    private const string Package = $"{Core}/availablepackages/plugin/fluxv2.packages/v1alpha1/c/default/ns/team-a/rest/hello-web";
    private const string Installed = $"{Core}/installedpackages/plugin/fluxv2.packages/v1alpha1/c/default/ns/team-a/rest-web";
    private const string Resources = "/plugins/resources/v1alpha1/fluxv2.packages/v1alpha1/c/default/ns/team-a/rest-web";
    private const string Events = "/wego/packages/v1/installedpackages/events?context.namespace=team-a&name=rest-web";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("/apis")]
    public async Task FromAddingARepositoryToDeletingThePackage(string prefix)
    {
        using var rest = wego.Rest(SandboxTokens.TeamA);
        (await GetAsync(rest, prefix + "/core/plugins/v1alpha1/configured-plugins"))["plugins"]!.AsArray().Select(n => (string?)n!["name"]).ShouldContain("fluxv2.packages");
        await SendAsync(rest, HttpMethod.Post, $"{prefix}{Core}/repositories", $$$"""
            {"context":{"namespace":"team-a"},"name":"rest","type":"helm","url":"{{{wego.SampleRepository}}}","namespaceScoped":true,"plugin":{"name":"fluxv2.packages"}}
            """);

        var first = await GetAsync(rest, $"{prefix}{Core}/availablepackages?paginationOptions.pageSize=2");
        Names(first["availablePackageSummaries"]).ShouldBe(["counter", "hello-web"]);
        var second = await GetAsync(rest, $"{prefix}{Core}/availablepackages?paginationOptions.pageSize=2&paginationOptions.pageToken={first["nextPageToken"]}");
        Names(second["availablePackageSummaries"]).ShouldBe(["nightly-report"]);
        second["nextPageToken"].ShouldBeNull();

        var detail = (await GetAsync(rest, prefix + Package))["availablePackageDetail"]!;
        detail["version"]!["pkgVersion"]!.GetValue<string>().ShouldBe("2.0.0");
        detail["readme"]!.GetValue<string>().ShouldStartWith("# hello-web");
        detail["defaultValues"]!.GetValue<string>().ShouldContain("greeting: Hello");
        detail["valuesSchema"]!.GetValue<string>().ShouldContain("\"replicas\"");
        (await GetAsync(rest, prefix + Package + "/versions"))["packageAppVersions"]!.AsArray().Select(v => v!["pkgVersion"]!.GetValue<string>()).ShouldBe(["2.0.0", "1.1.0", "1.0.0"]);

        await SendAsync(rest, HttpMethod.Post, $"{prefix}{Core}/installedpackages", """
            {
              "availablePackageRef": {"context": {"namespace": "team-a"}, "identifier": "rest/hello-web", "plugin": {"name": "fluxv2.packages"}},
              "targetContext": {"namespace": "team-a"}, "name": "rest-web", "pkgVersionReference": {"version": "1.0.0"}, "values": "replicas: 2"
            }
            """);
        await UntilAsync(rest, prefix + Events, e => IsReady(e, "1.0.0"));

        var kinds = new HashSet<string>(StringComparer.Ordinal);
        await UntilAsync(rest, $"{prefix}{Resources}?watch=true", e =>
        {
            JsonNode.Parse(e["manifest"]!.GetValue<string>())!["kind"]!.GetValue<string>().ShouldBe(e["resourceRef"]!["kind"]!.GetValue<string>());
            kinds.Add(e["resourceRef"]!["kind"]!.GetValue<string>());
            return kinds.SetEquals(["ConfigMap", "Deployment", "Service"]);
        });

        var installed = (await GetAsync(rest, prefix + Installed))["installedPackageDetail"]!;
        installed["status"]!["ready"]!.GetValue<bool>().ShouldBeTrue();
        installed["valuesApplied"]!.GetValue<string>().ShouldBe("""{"replicas":2}""");
        installed["postInstallationNotes"]!.GetValue<string>().ShouldContain("says \"Hello\"");

        await SendAsync(rest, HttpMethod.Put, prefix + Installed, """{"pkgVersionReference": {"version": "2.0.0"}, "values": "replicas: 3"}""");
        await UntilAsync(rest, prefix + Events, e => IsReady(e, "2.0.0"));

        await SendAsync(rest, HttpMethod.Delete, prefix + Installed, body: null);
        var present = false;
        await UntilAsync(rest, prefix + Events, e =>
        {
            var type = e["type"]!.GetValue<string>();
            present |= type == "TYPE_PRESENT";
            return type == "TYPE_DELETED" || (type == "TYPE_SYNCED" && !present);
        });
        await SendAsync(rest, HttpMethod.Delete, $"{prefix}{Core}/repositories/plugin/fluxv2.packages/v1alpha1/c/default/ns/team-a/rest", body: null);
        (await GetAsync(rest, $"{prefix}{Core}/repositories"))["packageRepositorySummaries"].ShouldBeNull();
    }

    [Fact]
    public async Task AnErrorIsAStatusInJson()
    {
        using var rest = wego.Rest(SandboxTokens.TeamA);
        using var response = await rest.GetAsync(Installed + "-absent", Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var status = (await response.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!;
        status["code"]!.GetValue<int>().ShouldBe(5);
        status["message"]!.GetValue<string>().ShouldContain("rest-web-absent");
    }

    private static bool IsReady(JsonNode change, string version) =>
        change["installedPackageSummary"] is { } package
        && package["status"]?["ready"]?.GetValue<bool>() == true
        && package["currentVersion"]?["pkgVersion"]?.GetValue<string>() == version;

    private static IEnumerable<string> Names(JsonNode? packages) => packages!.AsArray().Select(p => p!["name"]!.GetValue<string>());

    private static async Task<JsonNode> GetAsync(HttpClient rest, string path)
    {
        using var response = await rest.GetAsync(path, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task SendAsync(HttpClient rest, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using var response = await rest.SendAsync(request, Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Cancellation));
    }

    // A stream is one JSON object per line, each with "result".
    private static async Task UntilAsync(HttpClient rest, string path, Func<JsonNode, bool> reached)
    {
        using var response = await rest.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        while (await lines.ReadLineAsync(Cancellation) is { } line)
        {
            if (reached(JsonNode.Parse(line)!["result"].ShouldNotBeNull(line)))
            {
                return;
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }
}
