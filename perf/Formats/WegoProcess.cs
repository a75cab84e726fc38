using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Plugins.V1Alpha1;
using Wego.Rpc.Client;
using Wego.Testing;
using Wego.Testing.ApiServers;

namespace Wego.Perf.Formats;

/// <summary>The executable as a process of its own, so that its memory is nobody else's.</summary>
internal sealed class WegoProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly RpcClient _client;
    private readonly string _token;

    private readonly Uri _address;

    private WegoProcess(Process process, Uri address, string token) => (_process, _address, _client, _token) = (process, address, new RpcClient(address), token);

    /// <summary>The id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>What is resident, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The processor time taken since its start.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it on a cluster and waits until it answers.</summary>
    /// <param name="program">Which build of it: an executable, or an assembly.</param>
    /// <param name="kubeconfig">The cluster, with the service's identity.</param>
    /// <param name="token">The caller's token.</param>
    /// <param name="arguments">Settings.</param>
    public static async Task<WegoProcess> StartAsync(string program, string kubeconfig, string token, params string[] arguments)
    {
        var port = LoopbackPort.Free(1)[0];
        string[] all = ["--kubeconfig", kubeconfig, "--listen", $"127.0.0.1:{port}", "--Logging:LogLevel:Default=Warning", "--Wego:Kubernetes:AllowedAccessLifetime=00:10:00", .. arguments];
        var start = Path.GetExtension(program) == ".dll" ? new ProcessStartInfo("dotnet", [program, .. all]) : new ProcessStartInfo(program, all);
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var wego = new WegoProcess(process, new Uri($"http://127.0.0.1:{port}"), token);
        var plugins = PluginsReflection.Descriptor.Services.Single().FindMethodByName("GetConfiguredPlugins");
        while (true)
        {
            try
            {
                await wego.CallAsync<GetConfiguredPluginsResponse>(plugins, new GetConfiguredPluginsRequest());
                return wego;
            }
            catch (Rpc.RpcException) when (!process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    /// <summary>Waits until it says that requests may be sent to it.</summary>
    public async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient();
        while (true)
        {
            using var answer = await http.GetAsync(new Uri(_address, "/readyz"));
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public Task<TResponse> CallAsync<TResponse>(MethodDescriptor method, IMessage request)
        where TResponse : class, IMessage<TResponse> =>
        _client.CallAsync<TResponse>(method, request, new RpcCallOptions { BearerToken = _token, Timeout = TimeSpan.FromMinutes(5) });

    /// <summary>The sum of a metric over its labels; 0 where it is not told. Takes <c>Wego:Telemetry:PrometheusListen=api</c>.</summary>
    public async Task<double> ReadMetricAsync(string name)
    {
        using var http = new HttpClient();
        return PrometheusText.Parse(await http.GetStringAsync(new Uri(_address, "/metrics"))).Samples.Where(s => s.Name == name).Sum(s => s.Value);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
