using System.Net;
using Wego.Rpc.Client;
using Wego.Sandbox;
using Wego.Testing.ApiServers;

namespace Wego.EndToEnd;

/// <summary>The executable as a process of its own, which gets signals. Its folder, with its log, goes with it.</summary>
internal sealed class WegoProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(20);

    private readonly SupervisedProcess _process;
    private readonly DirectoryInfo _folder;
    private readonly HttpClient _http = new();

    private WegoProcess(SupervisedProcess process, DirectoryInfo folder, Uri address) => (_process, _folder, Address) = (process, folder, address);

    public Uri Address { get; }

    /// <summary>What it has written so far.</summary>
    public string Log => _process.Tail(lines: 100);

    /// <summary>Starts it on a sandbox and waits until it is ready.</summary>
    public static Task<WegoProcess> StartAsync(SandboxServer cluster, int port, params string[] arguments) =>
        StartAsync(Path.Combine(AppContext.BaseDirectory, "Wego.Silo.dll"), cluster.Kubeconfig(SandboxTokens.Service), port, arguments);

    /// <summary>Starts an assembly on a cluster and waits until it is ready.</summary>
    public static async Task<WegoProcess> StartAsync(string assembly, string kubeconfig, int port, params string[] arguments)
    {
        var wego = await LaunchAsync(["dotnet", assembly], kubeconfig, new IPEndPoint(IPAddress.Loopback, port), arguments);
        await wego.UntilAsync(HttpStatusCode.OK);
        return wego;
    }

    /// <summary>Starts a command on a cluster, and waits for nothing.</summary>
    public static async Task<WegoProcess> LaunchAsync(string[] command, string kubeconfig, IPEndPoint listen, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("wego-test-");
        var file = Path.Combine(folder.FullName, "kubeconfig");
        await File.WriteAllTextAsync(file, kubeconfig, TestContext.Current.CancellationToken);
        string[] all = [.. command.Skip(1), "--kubeconfig", file, "--listen", listen.ToString(), .. arguments];
        return new WegoProcess(SupervisedProcess.Start(Path.Combine(folder.FullName, "log"), command[0], all), folder, new Uri($"http://{listen}"));
    }

    public RpcClient Client(RpcClientProtocol protocol = RpcClientProtocol.Grpc) => new(Address, protocol);

    public Task SignalAsync(string signal) => _process.SignalAsync(signal);

    public Task<int> WaitForExitAsync() => _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);

    /// <summary>Asks for <c>/readyz</c> until it answers so.</summary>
    public async Task UntilAsync(HttpStatusCode wanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (!_process.HasExited)
        {
            if (await ReadinessAsync(patience.Token) == wanted)
            {
                return;
            }

            // Whoever asks all the time takes the processor from what is to become ready.
            await Task.Delay(s_pace, TimeProvider.System, patience.Token);
        }

        throw new InvalidOperationException(Log);
    }

    /// <summary>What <c>/readyz</c> answers; null where nobody listens.</summary>
    public async Task<HttpStatusCode?> ReadinessAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(Address, "/readyz"), cancellationToken);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited)
        {
            await _process.SignalAsync("KILL");
        }

        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
