using System.Collections.Immutable;
using static Wego.Kubernetes.Tests.ClientFactory;

namespace Wego.Kubernetes.Tests;

/// <summary>Who the API server believes to be asked by, over TLS.</summary>
public sealed class IdentityTests : IAsyncLifetime
{
    private const string Path = "GET /api/v1/namespaces/default/configmaps/a";
    private readonly TestLog _log = new();
    private readonly TestTls _tls = new();
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private ScriptedServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ScriptedServer.StartAsync(_tls);
        _server.Always(Path, 200, Json.ConfigMap("a", "1"));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _tls.Dispose();
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task TheServicesCertificateNeverGoesWithACallersToken()
    {
        var (certificate, key) = _tls.Issue("CN=wego");
        using var client = Client(new UserConfiguration { ClientCertificate = new ClientCertificateConfiguration { CertificatePem = certificate, KeyPem = key } });

        await GetAsync(client, KubernetesIdentity.Service);
        await GetAsync(client, KubernetesIdentity.Bearer("callers-token"));
        await GetAsync(client, KubernetesIdentity.Service);

        _server.Requests.Select(r => (r.ClientCertificate?.Subject, r.Authorization, r.Protocol)).ShouldBe(
        [
            ("CN=wego", null, "HTTP/2"),
            (null, "Bearer callers-token", "HTTP/2"),
            ("CN=wego", null, "HTTP/2"),
        ]);
    }

    [Fact]
    public async Task ARotatedCertificateFileIsUsed()
    {
        var time = new FakeTimeProvider();
        var files = new ClientCertificateConfiguration { CertificateFile = System.IO.Path.Combine(_folder, "crt"), KeyFile = System.IO.Path.Combine(_folder, "key") };
        await WriteAsync("CN=first");
        using var client = Client(new UserConfiguration { ClientCertificate = files }, time);
        await GetAsync(client, KubernetesIdentity.Service);

        await WriteAsync("CN=second");
        time.Advance(TimeSpan.FromMinutes(5));
        await GetAsync(client, KubernetesIdentity.Service);

        _server.Requests.Select(r => r.ClientCertificate?.Subject).ShouldBe(["CN=first", "CN=second"]);

        async Task WriteAsync(string subject)
        {
            var (certificate, key) = _tls.Issue(subject);
            await File.WriteAllTextAsync(files.CertificateFile!, certificate, Cancel);
            await File.WriteAllTextAsync(files.KeyFile!, key, Cancel);
        }
    }

    [Fact]
    public async Task ImpersonationIsAddedToTheServicesCredentials()
    {
        using var client = Client(new UserConfiguration { Token = "service-token" });
        var extra = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("Example.com/Scopes", ["a", "b"]);

        await GetAsync(client, KubernetesIdentity.Impersonate("jané", ["dev", "ops, all"], extra));

        var request = _server.Requests.ShouldHaveSingleItem();
        request.Authorization.ShouldBe("Bearer service-token");
        request.Headers["Impersonate-User"].ToString().ShouldBe("jané");
        request.Headers["Impersonate-Group"].ToArray().ShouldBe(["dev", "ops, all"]);
        request.Headers["Impersonate-Extra-example.com%2Fscopes"].ToArray().ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\r\nImpersonate-Group: system:masters")]
    public async Task ImpersonationThatWouldMeanSomebodyElseIsRefused(string user)
    {
        using var client = Client(new UserConfiguration { Token = "service-token" });

        (await Should.ThrowAsync<KubernetesException>(() => GetAsync(client, KubernetesIdentity.Impersonate(user, [])))).Failure.ShouldBe(KubernetesFailure.BadRequest);
        _server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task TheKubeconfigsImpersonationHoldsForTheServiceOnly()
    {
        using var client = Client(new UserConfiguration { Token = "t", Impersonate = new("admin", ["g"], ImmutableDictionary<string, ImmutableArray<string>>.Empty), ImpersonateUid = "42" });

        await GetAsync(client, KubernetesIdentity.Service);
        await GetAsync(client, KubernetesIdentity.Bearer("c"));

        _server.Requests[0].Headers["Impersonate-Uid"].ToString().ShouldBe("42");
        _server.Requests.Select(r => r.Headers["Impersonate-User"].ToString()).ShouldBe(["admin", ""]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\r\nImpersonate-User: admin")]
    [InlineData("tökén")]
    public async Task ATokenThatIsNoneIsUnauthorizedAndNotRepeated(string token)
    {
        using var client = Client(new UserConfiguration());

        var error = await Should.ThrowAsync<KubernetesException>(() => GetAsync(client, KubernetesIdentity.Bearer(token)));

        error.Failure.ShouldBe(KubernetesFailure.Unauthorized);
        if (token.Length > 0)
        {
            error.ToString().ShouldNotContain(token);
        }

        _server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task ARefusedCallerIsNotTriedAgain()
    {
        var file = System.IO.Path.Combine(_folder, "token");
        await File.WriteAllTextAsync(file, "service", Cancel);
        _server.On(Path, 401, Json.Status(401, "Unauthorized", "Unauthorized"));
        using var client = Client(new UserConfiguration { TokenFile = file });

        (await Should.ThrowAsync<KubernetesException>(() => GetAsync(client, KubernetesIdentity.Bearer("old")))).Failure.ShouldBe(KubernetesFailure.Unauthorized);
        _server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ARotatedTokenFileIsReadAgainAfterA401AndOnceOnly()
    {
        var file = System.IO.Path.Combine(_folder, "token");
        await File.WriteAllTextAsync(file, "old\n", Cancel);
        using var client = Client(new UserConfiguration { TokenFile = file });
        await GetAsync(client, KubernetesIdentity.Service);

        await File.WriteAllTextAsync(file, "new\n", Cancel);
        _server.On(Path, 401, Json.Status(401, "Unauthorized", "Unauthorized"));
        await GetAsync(client, KubernetesIdentity.Service);

        // The same token again would be refused again.
        _server.On(Path, 401, Json.Status(401, "Unauthorized", "Unauthorized"));
        await Should.ThrowAsync<KubernetesException>(() => GetAsync(client, KubernetesIdentity.Service));

        _server.Requests.Select(r => r.Authorization).ShouldBe(["Bearer old", "Bearer old", "Bearer new", "Bearer new"]);
    }

    [Fact]
    public async Task ATokenFileIsReadAgainEveryMinuteAndMissedNoLonger()
    {
        var time = new FakeTimeProvider();
        var file = System.IO.Path.Combine(_folder, "token");
        await File.WriteAllTextAsync(file, "one", Cancel);
        using var client = Client(new UserConfiguration { TokenFile = file }, time);
        await GetAsync(client, KubernetesIdentity.Service);
        await File.WriteAllTextAsync(file, "two", Cancel);
        await GetAsync(client, KubernetesIdentity.Service);
        time.Advance(TimeSpan.FromMinutes(1));
        await GetAsync(client, KubernetesIdentity.Service);
        File.Delete(file);
        time.Advance(TimeSpan.FromMinutes(1));
        await GetAsync(client, KubernetesIdentity.Service);

        _server.Requests.Select(r => r.Authorization).ShouldBe(["Bearer one", "Bearer one", "Bearer two", "Bearer two"]);
        _log.Entries.ShouldContain(e => e.Message.Contains(file, StringComparison.Ordinal));
    }

    [Fact]
    public async Task BasicAuthentication()
    {
        using var client = Client(new UserConfiguration { Username = "jane", Password = "pässword" });

        await GetAsync(client, KubernetesIdentity.Service);

        _server.Requests[0].Authorization.ShouldBe("Basic " + Convert.ToBase64String("jane:pässword"u8));
    }

    [Fact]
    public async Task AServerOfAnotherAuthorityIsNotTrusted()
    {
        using var other = new TestTls();
        using var client = Create(new ClusterConfiguration(_server.Address) { CertificateAuthorities = other.Authorities }, _log);

        var error = await Should.ThrowAsync<KubernetesException>(() => GetAsync(client, KubernetesIdentity.Service));

        error.Failure.ShouldBe(KubernetesFailure.Unreachable);
        error.Message.ShouldContain("certificate");
    }

    [Fact]
    public async Task ACertificateOfTheBundleNeedNotBeARoot()
    {
        using var client = Create(new ClusterConfiguration(_server.Address) { CertificateAuthorities = [_tls.Server] }, _log);

        await GetAsync(client, KubernetesIdentity.Service);
    }

    [Fact]
    public async Task VerificationCanBeSwitchedOff()
    {
        using var client = Create(new ClusterConfiguration(_server.Address) { InsecureSkipTlsVerify = true }, _log);

        await GetAsync(client, KubernetesIdentity.Service);
    }

    [Fact]
    public async Task AProxyIsUsedAndItsPasswordNotRepeated()
    {
        await using var proxy = await ScriptedServer.StartAsync();
        proxy.On("GET /api/v1/namespaces/default/configmaps/a", 200, Json.ConfigMap("a", "1"));
        var configuration = new ClusterConfiguration(new Uri("http://kubernetes.invalid")) { ProxyUrl = new UriBuilder(proxy.Address) { UserName = "me", Password = "s3cret" }.Uri };
        using var plain = Create(configuration, _log);
        await GetAsync(plain, KubernetesIdentity.Service);
        proxy.Requests[0].Headers.Host.ToString().ShouldBe("kubernetes.invalid");

        using var tunnel = Create(configuration with { Server = new Uri("https://kubernetes.invalid") }, _log);
        var error = await Should.ThrowAsync<KubernetesException>(() => GetAsync(tunnel, KubernetesIdentity.Service));
        error.Failure.ShouldBe(KubernetesFailure.Unreachable);
        error.ToString().ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task TheServerNameMayDifferFromTheAddress()
    {
        using var tls = new TestTls("kubernetes.example");
        await using var server = await ScriptedServer.StartAsync(tls);
        server.Always(Path, 200, Json.ConfigMap("a", "1"));
        var configuration = new ClusterConfiguration(server.Address) { CertificateAuthorities = tls.Authorities };
        using var wrong = Create(configuration, _log);
        using var right = Create(configuration with { TlsServerName = "kubernetes.example" }, _log);

        (await Should.ThrowAsync<KubernetesException>(() => GetAsync(wrong, KubernetesIdentity.Service))).Failure.ShouldBe(KubernetesFailure.Unreachable);
        await GetAsync(right, KubernetesIdentity.Service);
    }

    private static Task<KubernetesObject> GetAsync(KubernetesClient client, KubernetesIdentity identity) => client.GetAsync(identity, ConfigMaps, "default", "a", Cancel);

    private KubernetesClient Client(UserConfiguration user, TimeProvider? time = null) =>
        Create(new ClusterConfiguration(_server.Address) { CertificateAuthorities = _tls.Authorities, User = user }, _log, time);
}
