using static Wego.Kubernetes.Tests.ClientFactory;

namespace Wego.Kubernetes.Tests;

public sealed class CertificateAuthorityTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARenewedAuthorityIsTrustedWithoutARestart()
    {
        using var log = new TestLog();
        var clock = new FakeTimeProvider();
        using var before = new TestTls();
        using var after = new TestTls();
        var folder = Directory.CreateTempSubdirectory("wego-").FullName;
        try
        {
            var file = Path.Combine(folder, "ca.crt");
            await File.WriteAllTextAsync(file, before.AuthorityPem, Cancellation);
            var server = await ScriptedServer.StartAsync(before);
            server.Always("GET /version", 200, "{}");
            using var client = Create(new ClusterConfiguration(server.Address) { CertificateAuthorities = before.Authorities, CertificateAuthorityFile = file }, log, clock);
            await GetAsync(client);

            await server.DisposeAsync();
            await using var renewed = await ScriptedServer.StartAsync(after, server.Address.Port);
            renewed.Always("GET /version", 200, "{}");
            (await Should.ThrowAsync<KubernetesException>(() => GetAsync(client))).Failure.ShouldBe(KubernetesFailure.Unreachable);
            await File.WriteAllTextAsync(file, after.AuthorityPem, Cancellation);
            clock.Advance(TimeSpan.FromMinutes(1));
            await GetAsync(client);

            // What cannot be read does not undo what was.
            File.Delete(file);
            clock.Advance(TimeSpan.FromMinutes(1));
            await GetAsync(client);
            log.Entries.ShouldContain(e => e.Message.StartsWith("The previous certificate authorities stay in use", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task GetAsync(KubernetesClient client) => client.GetRawAsync(KubernetesIdentity.Service, "/version", Cancellation);
}
