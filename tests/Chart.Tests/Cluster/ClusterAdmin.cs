using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Wego.Testing.ApiServers;

namespace Wego.Chart.Tests;

/// <summary>What an operator does with <c>kubectl</c>: server-side apply, read, a token for a service account.</summary>
internal sealed class ClusterAdmin : IDisposable
{
    private readonly HttpClient _client;

    public ClusterAdmin(ITestApiServer server) => _client = server.ConnectAdmin();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Applies an object.</summary>
    /// <param name="obj">The object.</param>
    /// <param name="dryRun">Whether to have it checked only.</param>
    /// <returns>Null, or what the server has against it.</returns>
    public async Task<string?> ApplyAsync(JsonObject obj, bool dryRun = false)
    {
        if (await PathAsync(obj) is not { } path)
        {
            return $"{obj["apiVersion"]} has no {obj.Kind()} here";
        }

        using var body = new StringContent(obj.ToJsonString(), Encoding.UTF8, "application/apply-patch+yaml");
        using var response = await _client.PatchAsync($"{path}?fieldManager=operator&force=true{(dryRun ? "&dryRun=All" : "")}", body, Cancellation);
        return response.IsSuccessStatusCode ? null : $"{obj.Kind()} {obj.Name()}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Cancellation)}";
    }

    public Task CreateNamespaceAsync(string name) => ShouldApplyAsync(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } });

    public async Task ShouldApplyAsync(JsonObject obj) => (await ApplyAsync(obj)).ShouldBeNull();

    public async Task<JsonObject> GetAsync(string path)
    {
        using var response = await _client.GetAsync(path, Cancellation);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!.AsObject();
    }

    /// <summary>A token as the kubelet projects it into pods.</summary>
    public async Task<string> TokenAsync(string ns, string serviceAccount)
    {
        using var body = new StringContent("""{ "apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": { "expirationSeconds": 3600 } }""", Encoding.UTF8, "application/json");
        using var response = await _client.PostAsync($"/api/v1/namespaces/{ns}/serviceaccounts/{serviceAccount}/token", body, Cancellation);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!["status"]!["token"]!.GetValue<string>();
    }

    public void Dispose() => _client.Dispose();

    // Null where the server does not know the kind.
    private async Task<string?> PathAsync(JsonObject obj)
    {
        var version = obj["apiVersion"]!.GetValue<string>();
        var root = version.Contains('/', StringComparison.Ordinal) ? $"/apis/{version}" : $"/api/{version}";
        using var response = await _client.GetAsync(root, Cancellation);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        var resources = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!["resources"]!.AsArray();
        var resource = resources.FirstOrDefault(r => r!["kind"]!.GetValue<string>() == obj.Kind() && !r["name"]!.GetValue<string>().Contains('/', StringComparison.Ordinal));
        return resource switch
        {
            null => null,
            _ when resource["namespaced"]!.GetValue<bool>() => $"{root}/namespaces/{obj.Namespace() ?? throw new InvalidOperationException($"{obj.Kind()} {obj.Name()} has no namespace.")}/{resource["name"]}/{obj.Name()}",
            _ => $"{root}/{resource["name"]}/{obj.Name()}",
        };
    }
}
