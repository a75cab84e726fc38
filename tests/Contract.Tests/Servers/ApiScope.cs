using System.Net;
using Wego.Contract.Tests.Http;
using Wego.Testing.ApiServers;

namespace Wego.Contract.Tests.Servers;

/// <summary>What one test works with: the users of a server and a namespace that nobody else uses, deleted at the end.</summary>
public sealed class ApiScope : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly List<string> _created = [];

    private ApiScope(ITestApiServer server)
    {
        Server = server;
        _http = new HttpClient(server.CreateHandler()) { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(60) };
        Admin = As(server.Identities.Admin);
        TeamA = As(server.Identities.TeamA);
        Viewer = As(server.Identities.Viewer);
        Nobody = As(server.Identities.Nobody);
        Anonymous = new ApiClient(_http, null);
    }

    public ITestApiServer Server { get; }

    public ApiClient Admin { get; }

    public ApiClient TeamA { get; }

    public ApiClient Viewer { get; }

    public ApiClient Nobody { get; }

    /// <summary>Sends no token.</summary>
    public ApiClient Anonymous { get; }

    /// <summary>The test's own namespace.</summary>
    public string Namespace { get; } = $"contract-{Guid.NewGuid():N}"[..20];

    public string ConfigMaps => $"/api/v1/namespaces/{Namespace}/configmaps";

    public string Secrets => $"/api/v1/namespaces/{Namespace}/secrets";

    public string Widgets => $"/apis/{WidgetDefinition.Group}/v1/namespaces/{Namespace}/widgets";

    public static async Task<ApiScope> OpenAsync(ITestApiServer server, CancellationToken cancellationToken)
    {
        var scope = new ApiScope(server);
        await scope.CreateNamespaceAsync(scope.Namespace, cancellationToken);
        await WidgetDefinition.EnsureAsync(scope.Admin, server.Address.Authority, cancellationToken);
        return scope;
    }

    /// <summary>A client with any token, or none.</summary>
    public ApiClient WithToken(string? token) => new(_http, token);

    /// <summary>Creates a config map and returns the server's view of it.</summary>
    public async Task<ApiResponse> CreateConfigMapAsync(string name, string metadata = "", string data = """ "key": "value" """)
    {
        var response = await Admin.PostAsync(
            ConfigMaps, $$"""{ "metadata": { "name": "{{name}}"{{(metadata.Length > 0 ? ", " + metadata : "")}} }, "data": { {{data}} } }""");
        return response.ShouldBe(HttpStatusCode.Created);
    }

    public async Task CreateNamespaceAsync(string name, CancellationToken cancellationToken)
    {
        _created.Add(name);
        var response = await Admin.PostAsync("/api/v1/namespaces", $$"""{ "metadata": { "name": "{{name}}" } }""", cancellationToken);
        response.ShouldBe(HttpStatusCode.Created);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _created)
        {
            await Admin.DeleteAsync($"/api/v1/namespaces/{name}");
        }

        _http.Dispose();
    }

    private ApiClient As(TestIdentity identity) => new(_http, identity.Token);
}
