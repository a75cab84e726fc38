using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Wego.Kubernetes;

namespace Wego.Testing.ApiServers;

/// <summary>Ways to reach a test cluster.</summary>
public static class TestApiServerExtensions
{
    /// <summary>An HTTP client that may do everything.</summary>
    public static HttpClient ConnectAdmin(this ITestApiServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        var admin = new HttpClient(server.CreateHandler()) { BaseAddress = server.Address };
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Identities.Admin.Token);
        return admin;
    }

    /// <summary>The cluster as Wego knows it, with this token for its own.</summary>
    public static ClusterConfiguration Configure(this ITestApiServer server, string token)
    {
        ArgumentNullException.ThrowIfNull(server);
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(server.CertificateAuthority!);
        return new ClusterConfiguration(server.Address) { CertificateAuthorities = authorities, User = new UserConfiguration { Token = token } };
    }

    /// <summary>Creates an object.</summary>
    /// <returns>What the API server answers.</returns>
    /// <exception cref="InvalidOperationException">It refuses; the message has its answer.</exception>
    public static async Task<string> CreateAsync(this HttpClient admin, string path, string contentType, string body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(admin);
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(contentType));
        using var response = await admin.PostAsync(path, content, cancellationToken);
        var answer = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.StatusCode == HttpStatusCode.Created ? answer : throw new InvalidOperationException($"POST {path} answered {(int)response.StatusCode}: {answer}");
    }
}
