using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Wego.Contract.Tests.Http;
using Wego.Kubernetes;
using Wego.Testing.ApiServers;

namespace Wego.Contract.Tests.Servers;

/// <summary>
/// The cluster of a kubeconfig, for a run against a current Kubernetes. The users are service accounts in a namespace of the
/// suite's own, which goes with the run; the roles, bindings and definitions that <see cref="ClusterSetup"/> creates stay.
/// </summary>
public sealed class ExistingCluster : ITestApiServer
{
    /// <summary>The environment variable that names the kubeconfig, whose user must be an administrator.</summary>
    public const string Variable = "WEGO_TEST_KUBECONFIG";

    private readonly ClusterConfiguration _configuration;
    private readonly HttpClient _http;
    private readonly string _namespace = $"wego-tests-{Guid.NewGuid():N}"[..20];

    private ExistingCluster(ClusterConfiguration configuration)
    {
        _configuration = configuration;
        Address = configuration.Server;
        CertificateAuthority = configuration.CertificateAuthorities?.ExportCertificatePems();
        _http = new HttpClient(CreateHandler(withUser: true)) { BaseAddress = Address };
        if (configuration.User.Token is { } token)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public Uri Address { get; }

    public TestIdentities Identities { get; private set; } = null!;

    public string? CertificateAuthority { get; }

    public static async Task<ExistingCluster> OpenAsync(string kubeconfig, CancellationToken cancellationToken)
    {
        var cluster = new ExistingCluster(ClusterConfigurationLoader.Load(kubeconfig, null));
        await cluster.CreateIdentitiesAsync(cancellationToken);
        await new ClusterSetup(cluster._http).RunAsync(cluster.Identities, cancellationToken);
        return cluster;
    }

    public HttpMessageHandler CreateHandler() => CreateHandler(withUser: false);

    public Task CompactAsync(string resourceVersion, CancellationToken cancellationToken)
    {
        Assert.Skip("the etcd of an existing cluster is not the suite's to compact");
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        var admin = new ApiClient(_http, null);
        await admin.DeleteAsync($"/api/v1/namespaces/{_namespace}");
        await admin.DeleteAsync($"/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/{_namespace}");
        _http.Dispose();
    }

    private async Task CreateIdentitiesAsync(CancellationToken cancellationToken)
    {
        await PostAsync("/api/v1/namespaces", $$"""{ "metadata": { "name": "{{_namespace}}" } }""", cancellationToken);
        Identities = new TestIdentities(
            await CreateIdentityAsync("admin", cancellationToken),
            await CreateIdentityAsync("team-a", cancellationToken),
            await CreateIdentityAsync("viewer", cancellationToken),
            await CreateIdentityAsync("nobody", cancellationToken));
        await PostAsync(
            "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
            $$"""
            {
              "metadata": { "name": "{{_namespace}}" },
              "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin" },
              "subjects": [{ "apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "{{Identities.Admin.UserName}}" }]
            }
            """,
            cancellationToken);
    }

    private async Task<TestIdentity> CreateIdentityAsync(string name, CancellationToken cancellationToken)
    {
        var path = $"/api/v1/namespaces/{_namespace}/serviceaccounts";
        await PostAsync(path, $$"""{ "metadata": { "name": "{{name}}" } }""", cancellationToken);
        var token = await PostAsync($"{path}/{name}/token", """{ "spec": { "expirationSeconds": 7200 } }""", cancellationToken);
        return new TestIdentity($"system:serviceaccount:{_namespace}:{name}", token.Body.Text("/status/token"));
    }

    private async Task<ApiResponse> PostAsync(string path, string body, CancellationToken cancellationToken)
    {
        var response = await new ApiClient(_http, null).PostAsync(path, body, cancellationToken);
        return (int)response.Status < 300 ? response : throw new InvalidOperationException(response.ToString());
    }

    private SocketsHttpHandler CreateHandler(bool withUser)
    {
        var handler = CertificateAuthority is { } authority ? ServingCertificate.CreateHandler(authority) : new SocketsHttpHandler();
        if (withUser && _configuration.User.ClientCertificate is { } certificate)
        {
            handler.SslOptions.ClientCertificates =
            [
                X509Certificate2.CreateFromPem(Pem(certificate.CertificatePem, certificate.CertificateFile), Pem(certificate.KeyPem, certificate.KeyFile)),
            ];
        }

        return handler;
    }

    private static string Pem(string? inline, string? file) => inline ?? File.ReadAllText(file!, Encoding.ASCII);
}
