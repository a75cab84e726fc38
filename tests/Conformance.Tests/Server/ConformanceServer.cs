using System.Net;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wego.Kubernetes;
using Wego.Rpc.Client;
using Wego.Sandbox;
using Wego.Silo;

namespace Wego.Conformance;

/// <summary>The whole server on a cluster without controllers, for one case, with the rights that the chart grants it; disposing it fails where they are not enough.</summary>
internal sealed class ConformanceServer : IAsyncDisposable
{
    private readonly SandboxServer _sandbox;
    private readonly CaseRepository _repository;
    private readonly WebApplication _app;

    private ConformanceServer(SandboxServer sandbox, CaseRepository repository, WebApplication app) => (_sandbox, _repository, _app) = (sandbox, repository, app);

    /// <summary>The cluster's objects.</summary>
    public SandboxStore Store => _sandbox.Store;

    private Uri Address => new(_app.Urls.First());

    /// <summary>Starts a cluster with what the case demands, and Wego on it.</summary>
    public static async Task<ConformanceServer> StartAsync(ConformanceCase conformanceCase, ILoggerProvider log, CancellationToken cancellationToken)
    {
        var repository = await CaseRepository.StartAsync(conformanceCase.RepositoryFolder, conformanceCase.Answers, cancellationToken);
        conformanceCase.RepositoryAuthority = repository.Authority;
        var token = conformanceCase.Request.Token;
        var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                Namespaces = [],
                Manifests = Definitions(),
                Tokens = token is null || token == SandboxTokens.Admin ? [] : [new SandboxToken(token, token, [])],
            },
            cancellationToken);
        ClusterFile.Create(conformanceCase.Cluster, sandbox.Store);
        ClusterFile.Create(ReleaseFile.Secrets(conformanceCase.Releases), sandbox.Store);
        foreach (var fault in conformanceCase.Faults)
        {
            sandbox.Faults.Add(new SandboxFault { Status = fault.Status }, fault.Strikes);
        }

        var app = WegoHost.Build(
            new SiloSettings
            {
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                PluginDirectories = [Path.Combine(AppContext.BaseDirectory, "plugins")],
                ConfigurationArguments = [.. HelmPrograms.All.Take(1).Select(program => $"--Wego:Helm:Executable={program}"), .. conformanceCase.Settings.Select(s => $"--{s.Key}={s.Value}")],
            },
            new ClusterConfiguration(sandbox.SecureAddress)
            {
                Origin = "sandbox",
                CertificateAuthorities = [X509Certificate2.CreateFromPem(sandbox.CertificatePem)],
                User = new UserConfiguration { Token = SandboxTokens.Service },
            },
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton(log);
            });
        await app.StartAsync(cancellationToken);
        return new ConformanceServer(sandbox, repository, app);
    }

    /// <summary>Makes a call over gRPC.</summary>
    /// <returns>The answer, or those of a stream.</returns>
    public async Task<IReadOnlyList<IMessage>> CallAsync(CaseRequest request, IMessage message, CancellationToken cancellationToken)
    {
        var options = new RpcCallOptions { BearerToken = request.Token, Timeout = TimeSpan.FromSeconds(30) };
        foreach (var (name, value) in request.Headers)
        {
            options.Headers[name] = value;
        }

        using var client = new RpcClient(Address);
        var call = typeof(ConformanceServer).GetMethod(request.Method.IsServerStreaming ? nameof(StreamAsync) : nameof(UnaryAsync))!
            .MakeGenericMethod(request.Method.OutputType.ClrType);
        return await (Task<IReadOnlyList<IMessage>>)call.Invoke(obj: null, [client, request, message, options, cancellationToken])!;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _sandbox.DisposeAsync();
        await _repository.DisposeAsync();
        _sandbox.Requests.RefusedTo(SandboxTokens.ServiceUser).Where(d => !IsLeftToTheCaller(d)).ShouldBeEmpty("rights that Wego lacks");
    }

    // Of what packages consist of the role "view" leaves these out.
    private static bool IsLeftToTheCaller(SandboxDecision refused) =>
        refused is { Verb: "list", Group: "rbac.authorization.k8s.io" } or { Verb: "list", Group: "apiextensions.k8s.io", Resource: "customresourcedefinitions" };

    /// <summary>Makes a unary call.</summary>
    public static async Task<IReadOnlyList<IMessage>> UnaryAsync<T>(RpcClient client, CaseRequest request, IMessage message, RpcCallOptions options, CancellationToken cancellationToken)
        where T : class, IMessage<T> =>
        [await client.CallAsync<T>(request.Method, message, options, cancellationToken)];

    /// <summary>Makes a streaming call.</summary>
    public static async Task<IReadOnlyList<IMessage>> StreamAsync<T>(RpcClient client, CaseRequest request, IMessage message, RpcCallOptions options, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        var all = new List<IMessage>();
        await foreach (var answer in client.StreamAsync<T>(request.Method, message, options, cancellationToken))
        {
            all.Add(answer);
        }

        return all;
    }

    // What the sandbox brings for the formats that it stands in for, and what a cluster needs for Helm's repositories.
    private static string[] Definitions()
    {
        var assembly = typeof(SandboxServer).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames().Where(name => name.EndsWith("definitions.yaml", StringComparison.Ordinal)).Select(Read),
            .. Directory.EnumerateFiles(Path.Combine(TestPaths.Root, "deploy", "crds")).Select(File.ReadAllText),
        ];

        string Read(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        }
    }
}
