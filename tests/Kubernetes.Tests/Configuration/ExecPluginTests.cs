using System.Diagnostics;
using System.Text.Json.Nodes;
using static Wego.Kubernetes.Tests.ClientFactory;

namespace Wego.Kubernetes.Tests;

/// <summary>Credential plugins are shell scripts here; they count their runs in a file.</summary>
public sealed class ExecPluginTests : IAsyncLifetime
{
    private const string Request = "GET /api/v1/namespaces/default/configmaps/a";
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly TestLog _log = new();
    private readonly FakeTimeProvider _time = new();
    private ScriptedServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string RunsFile => Path.Combine(_folder, "runs");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The plugins of these tests are shell scripts.");
        _server = await ScriptedServer.StartAsync();
        _server.Always(Request, 200, Json.ConfigMap("a", "1"));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task ATokenIsKeptUntilItExpires()
    {
        using var client = Client(Script($$"""
            echo run >> {{RunsFile}}
            n=$(wc -l < {{RunsFile}} | tr -d ' ')
            echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"token-'$n'","expirationTimestamp":"2026-01-01T01:00:00Z"} }'
            """));

        await GetAsync(client);
        _time.Advance(TimeSpan.FromMinutes(59));
        await GetAsync(client);
        _time.Advance(TimeSpan.FromMinutes(1));
        await GetAsync(client);

        _server.Requests.Select(r => r.Authorization).ShouldBe(["Bearer token-1", "Bearer token-1", "Bearer token-2"]);
    }

    [Fact]
    public async Task ARefusedTokenIsAskedForAgainOnceAndNotForEveryRequest()
    {
        using var client = Client(Counting());
        await GetAsync(client);
        _server.Always(Request, 401, Json.Status(401, "Unauthorized", "Unauthorized"));
        _time.Advance(TimeSpan.FromMinutes(1));

        await Should.ThrowAsync<KubernetesException>(() => GetAsync(client));
        await Should.ThrowAsync<KubernetesException>(() => GetAsync(client));

        _server.Requests.Select(r => r.Authorization).ShouldBe(["Bearer token-1", "Bearer token-1", "Bearer token-2", "Bearer token-2"]);
    }

    [Fact]
    public async Task ConcurrentRequestsShareOneRun()
    {
        using var client = Client(Counting());

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => GetAsync(client)));

        (await File.ReadAllLinesAsync(RunsFile, Cancel)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task ThePluginIsToldAboutTheClusterAndThatThereIsNoTerminal()
    {
        var seen = Path.Combine(_folder, "seen");
        var exec = Script($"""
            printf '%s' "$KUBERNETES_EXEC_INFO" > {seen}
            printf ' %s %s' "$EXTRA" "$1" >> {seen}
            echo '{Token("t", ExecConfiguration.V1Beta1)}'
            """) with
        {
            ApiVersion = ExecConfiguration.V1Beta1,
            Arguments = ["--role=x"],
            Environment = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("EXTRA", "value"),
            ProvideClusterInfo = true,
            ClusterExtensionJson = """{"audience":"a"}""",
        };
        using var client = Client(exec);

        await GetAsync(client);

        var text = await File.ReadAllTextAsync(seen, Cancel);
        text.ShouldEndWith(" value --role=x");
        JsonNode.DeepEquals(JsonNode.Parse(text[..^" value --role=x".Length]), JsonNode.Parse($$"""
            {"apiVersion":"client.authentication.k8s.io/v1beta1","kind":"ExecCredential",
             "spec":{"interactive":false,"cluster":{"server":"{{_server.Address.ToString().TrimEnd('/')}}","config":{"audience":"a"} } } }
            """)).ShouldBeTrue(text);
    }

    [Theory]
    [InlineData("echo super-secret >&2; exit 3", "exit code 3")]
    [InlineData("echo super-secret", "did not print an ExecCredential")]
    [InlineData("""echo '{"kind":"Secret","super-secret":1}'""", "did not print an ExecCredential of client.authentication.k8s.io/v1")]
    [InlineData("""echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{}}'""", "neither status.token")]
    [InlineData("""echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"clientCertificateData":"super-secret"}}'""", "only one of")]
    [InlineData("""echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"clientCertificateData":"super-secret","clientKeyData":"super-secret"}}'""", "no matching PEM pair")]
    [InlineData("""echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"super-secret","expirationTimestamp":"soon"}}'""", "RFC 3339")]
    [InlineData("head -c 2000000 /dev/zero | tr '\\0' x", "more than")]
    public async Task AFailingPluginIsNamedAndNotQuoted(string script, string expected)
    {
        var exec = Script(script);
        using var client = Client(exec);

        var error = await Should.ThrowAsync<KubernetesException>(() => GetAsync(client));

        error.Failure.ShouldBe(KubernetesFailure.Unavailable);
        error.Message.ShouldContain(expected);
        error.Message.ShouldContain(exec.Command);
        error.ToString().ShouldNotContain("super-secret");
        _server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task AHangingPluginIsKilledAtItsTimeout()
    {
        // The pipe's end comes with the end of the process that holds it open.
        var pipe = Path.Combine(_folder, "pipe");
        using (var make = Process.Start("mkfifo", pipe))
        {
            await make.WaitForExitAsync(Cancel);
        }

        var plugin = new ExecPlugin(Script($"exec 3> {pipe}; echo running >&3; exec sleep 600"), new ClusterConfiguration(_server.Address), _time);
        var run = plugin.RunAsync(Cancel);
        using var reader = new StreamReader(pipe);
        (await reader.ReadLineAsync(Cancel)).ShouldBe("running");
        await _time.WaitForTimersAsync();
        _time.Advance(TimeSpan.FromSeconds(30));

        (await Should.ThrowAsync<KubernetesException>(() => run)).Message.ShouldContain("within 30 s");
        (await reader.ReadToEndAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task AMissingPluginGivesItsInstallHint()
    {
        using var client = Client(new ExecConfiguration(ExecConfiguration.V1, Path.Combine(_folder, "missing")) { InstallHint = "Install it from example.com." });

        (await Should.ThrowAsync<KubernetesException>(() => GetAsync(client))).Message.ShouldEndWith("cannot be started (not found). Install it from example.com..");
    }

    [Fact]
    public async Task ACertificateOfAPluginIsPresented()
    {
        using var tls = new TestTls();
        await using var server = await ScriptedServer.StartAsync(tls);
        server.Always(Request, 200, Json.ConfigMap("a", "1"));
        var (certificate, key) = tls.Issue("CN=from-plugin");
        var answer = new JsonObject
        {
            ["apiVersion"] = ExecConfiguration.V1,
            ["kind"] = "ExecCredential",
            ["status"] = new JsonObject { ["clientCertificateData"] = certificate, ["clientKeyData"] = key },
        };
        await File.WriteAllTextAsync(Path.Combine(_folder, "answer"), answer.ToJsonString(), Cancel);
        using var client = Create(
            new ClusterConfiguration(server.Address) { CertificateAuthorities = tls.Authorities, User = new UserConfiguration { Exec = Script($"cat {_folder}/answer") } }, _log, _time);

        await GetAsync(client);

        server.Requests[0].ClientCertificate!.Subject.ShouldBe("CN=from-plugin");
        server.Requests[0].Authorization.ShouldBeNull();
    }

    private static Task<KubernetesObject> GetAsync(KubernetesClient client) => client.GetAsync(KubernetesIdentity.Service, ConfigMaps, "default", "a", Cancel);

    private static string Token(string token, string apiVersion = ExecConfiguration.V1) =>
        $$"""{"apiVersion":"{{apiVersion}}","kind":"ExecCredential","status":{"token":"{{token}}"} }""";

    private KubernetesClient Client(ExecConfiguration exec) => Create(_server, _log, _time, new UserConfiguration { Exec = exec });

    private ExecConfiguration Counting() => Script($$"""
        echo run >> {{RunsFile}}
        n=$(wc -l < {{RunsFile}} | tr -d ' ')
        echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"token-'$n'"} }'
        """);

    private ExecConfiguration Script(string body)
    {
        var path = Path.Combine(_folder, Guid.NewGuid().ToString("N") + ".sh");
        File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return new ExecConfiguration(ExecConfiguration.V1, path);
    }
}
