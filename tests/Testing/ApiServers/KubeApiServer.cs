using System.Security.Cryptography;

namespace Wego.Testing.ApiServers;

/// <summary>A control plane of its own on loopback: etcd, kube-apiserver and the controllers that the API's behaviour needs.</summary>
public sealed class KubeApiServer : ITestApiServer
{
    // Garbage collection, namespace deletion, tokens of service accounts, and the aggregated roles "view" and "edit".
    private const string Controllers = "garbagecollector,namespace,serviceaccount,serviceaccount-token,clusterrole-aggregation";

    private const string AuditPolicy =
        """
        { "apiVersion": "audit.k8s.io/v1", "kind": "Policy", "omitStages": ["RequestReceived", "Panic"], "rules": [{ "level": "Metadata" }] }
        """;

    private readonly DirectoryInfo _folder;
    private readonly Stack<SupervisedProcess> _processes = new();
    private Func<SupervisedProcess>? _startApiServer;
    private SupervisedProcess? _apiServer;
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly Uri _etcd;
    private bool _ready;

    private KubeApiServer(DirectoryInfo folder, Uri etcd, Uri address, ServingCertificate certificate)
    {
        _folder = folder;
        _etcd = etcd;
        Address = address;
        CertificateAuthority = certificate.AuthorityPem;
        Identities = new TestIdentities(
            new TestIdentity("admin", NewToken(), "system:masters"),
            new TestIdentity("team-a", NewToken()),
            new TestIdentity("viewer", NewToken()),
            new TestIdentity("nobody", NewToken()));
    }

    private IEnumerable<SupervisedProcess> Processes => _apiServer is null ? _processes : _processes.Append(_apiServer);

    public Uri Address { get; }

    public TestIdentities Identities { get; }

    public string? CertificateAuthority { get; }

    /// <summary>Starts the control plane and waits until it is ready for <see cref="TestIdentities"/>.</summary>
    /// <param name="assets">The programs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="auditLog">A file to which the API server writes who asked for what and what it decided; null for none.</param>
    /// <exception cref="InvalidOperationException">It did not become ready; the message has the end of the logs.</exception>
    public static async Task<KubeApiServer> StartAsync(ApiServerAssets assets, CancellationToken cancellationToken, string? auditLog = null)
    {
        var ports = LoopbackPort.Free(3);
        var certificate = ServingCertificate.Create(TimeProvider.System);
        var folder = Directory.CreateTempSubdirectory("wego-kube-apiserver-");
        var server = new KubeApiServer(folder, new Uri($"http://127.0.0.1:{ports[0]}"), new Uri($"https://127.0.0.1:{ports[2]}"), certificate);
        try
        {
            server.StartEtcd(assets, ports[1]);
            server.StartApiServer(assets, ports[2], certificate, auditLog);
            using var client = server.ConnectAdmin();
            await server.WaitAsync("/readyz", client, cancellationToken);
            server.StartControllerManager(assets);
            await new ClusterSetup(client).RunAsync(server.Identities, cancellationToken);
            await server.WaitAsync("/api/v1/namespaces/default/serviceaccounts/default", client, cancellationToken);
            server._ready = true;
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public HttpMessageHandler CreateHandler() => ServingCertificate.CreateHandler(CertificateAuthority!);

    public async Task CompactAsync(string resourceVersion, CancellationToken cancellationToken)
    {
        // A resource version is a revision of etcd.
        using var client = new HttpClient { BaseAddress = _etcd };
        using var content = new StringContent($$"""{ "revision": "{{resourceVersion}}" }""");
        using var response = await client.PostAsync("/v3/kv/compaction", content, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Stops the API server alone; what it keeps stays.</summary>
    public async Task StopApiServerAsync()
    {
        await _apiServer!.DisposeAsync();
        _apiServer = null;
    }

    /// <summary>Starts the API server again, at the address that it had, and waits until it is ready.</summary>
    public async Task StartApiServerAgainAsync(CancellationToken cancellationToken)
    {
        _apiServer = _startApiServer!();
        using var client = this.ConnectAdmin();
        await WaitAsync("/readyz", client, cancellationToken);
    }

    /// <summary>Stops everything.</summary>
    /// <exception cref="InvalidOperationException">A part of the control plane had ended by itself; the message has the end of its log.</exception>
    public async ValueTask DisposeAsync()
    {
        var dead = Processes.Where(process => process.HasExited).Select(process => process.Tail(80)).ToArray();
        // First those that want the API server, last what it wants itself.
        while (_processes.Count > 1)
        {
            await _processes.Pop().DisposeAsync();
        }

        if (_apiServer is not null)
        {
            await _apiServer.DisposeAsync();
        }

        while (_processes.TryPop(out var process))
        {
            await process.DisposeAsync();
        }

        _folder.Delete(recursive: true);
        if (_ready && dead.Length > 0)
        {
            throw new InvalidOperationException($"The control plane broke down during the tests.\n{string.Join("\n\n", dead)}");
        }
    }

    private void StartEtcd(ApiServerAssets assets, int peerPort) => Start(
        assets.Etcd,
        $"--data-dir={FileName("etcd")}",
        $"--listen-client-urls={Origin(_etcd)}",
        $"--advertise-client-urls={Origin(_etcd)}",
        $"--listen-peer-urls=http://127.0.0.1:{peerPort}",
        $"--initial-advertise-peer-urls=http://127.0.0.1:{peerPort}",
        $"--initial-cluster=default=http://127.0.0.1:{peerPort}",
        "--unsafe-no-fsync");

    private void StartApiServer(ApiServerAssets assets, int port, ServingCertificate certificate, string? auditLog)
    {
        using var key = RSA.Create(2048);
        var serviceAccountKey = Write("service-account.key", key.ExportRSAPrivateKeyPem());
        string[] arguments =
        [
            $"--etcd-servers={Origin(_etcd)}",
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            $"--secure-port={port}",
            "--service-cluster-ip-range=10.0.0.0/24",
            $"--tls-cert-file={Write("tls.crt", certificate.CertificatePem)}",
            $"--tls-private-key-file={Write("tls.key", certificate.KeyPem)}",
            $"--token-auth-file={Write("tokens.csv", TokenFile())}",
            "--authorization-mode=RBAC",
            "--service-account-issuer=https://kubernetes.default.svc",
            $"--service-account-key-file={serviceAccountKey}",
            $"--service-account-signing-key-file={serviceAccountKey}",
            // Only CompactAsync forgets history.
            "--etcd-compaction-interval=0",
            .. auditLog is null ? [] : AuditArguments(auditLog),
        ];
        _startApiServer = () => SupervisedProcess.Start(FileName($"{Path.GetFileName(assets.ApiServer)}.log"), assets.ApiServer, arguments);
        _apiServer = _startApiServer();
    }

    private string[] AuditArguments(string file) =>
    [
        $"--audit-log-path={file}",
        $"--audit-policy-file={Write("audit.yaml", AuditPolicy)}",
        // Written when it happens, so that whoever reads the file misses nothing.
        "--audit-log-mode=blocking",
    ];

    private void StartControllerManager(ApiServerAssets assets) => Start(
        assets.ControllerManager,
        $"--kubeconfig={Write("admin.kubeconfig", Kubeconfig.Render(this, Identities.Admin))}",
        $"--service-account-private-key-file={FileName("service-account.key")}",
        $"--controllers={Controllers}",
        "--leader-elect=false",
        "--port=0",
        "--secure-port=0",
        "--kube-api-qps=200",
        "--kube-api-burst=400");

    private string TokenFile() => string.Join('\n', Identities.All.Select(identity =>
        $"{identity.Token},{identity.UserName},{identity.UserName},\"{string.Join(',', identity.Groups)}\""));

    private void Start(string program, params string[] arguments) =>
        _processes.Push(SupervisedProcess.Start(FileName($"{Path.GetFileName(program)}.log"), program, arguments));

    private async Task WaitAsync(string path, HttpClient client, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            if (await AnswersAsync(client, path, cancellationToken))
            {
                return;
            }

            if (Processes.Any(process => process.HasExited))
            {
                break;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), _clock, cancellationToken);
        }

        throw new InvalidOperationException($"The control plane did not answer {path}.\n{string.Join("\n\n", Processes.Select(p => p.Tail()))}");
    }

    private static async Task<bool> AnswersAsync(HttpClient client, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(path, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private string FileName(string name) => Path.Combine(_folder.FullName, name);

    private string Write(string name, string content)
    {
        File.WriteAllText(FileName(name), content);
        return FileName(name);
    }

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
