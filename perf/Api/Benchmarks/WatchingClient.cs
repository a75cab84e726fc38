using System.Text.Json;
using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Wego.Rpc.Client;
using Wego.Sandbox;

namespace Wego.Perf.Api.Benchmarks;

/// <summary>A client that watches the objects of a package until it is told to stop.</summary>
internal sealed class WatchingClient(Uri address, CancellationToken stop) : IDisposable
{
    private const int Objects = 3;
    private readonly RpcClient _client = new(address);
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when each object has arrived once.</summary>
    public Task Complete => _complete.Task;

    /// <param name="package">The package.</param>
    /// <param name="onChange">Gets the value in the ConfigMap each time that it arrives.</param>
    public async Task ReadAsync(string package, Action<string> onChange)
    {
        var request = new GetResourcesRequest { InstalledPackageRef = Wire.Installed(MeasuredServer.Namespace, package), Watch = true };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            await foreach (var state in _client.StreamAsync<GetResourcesResponse>(Wire.GetResources, request, new RpcCallOptions { BearerToken = SandboxTokens.TeamA }, stop))
            {
                if (state.ResourceRef.Kind == "ConfigMap")
                {
                    using var manifest = JsonDocument.Parse(state.Manifest);
                    onChange(manifest.RootElement.GetProperty("data").GetProperty("change").GetString()!);
                }

                if (seen.Add(state.ResourceRef.Kind) && seen.Count == Objects)
                {
                    _complete.TrySetResult();
                }
            }

            throw new InvalidOperationException("The server ended the watch.");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Measured enough.
        }
        catch (Exception e)
        {
            _complete.TrySetException(e);
            throw;
        }
    }

    public void Dispose() => _client.Dispose();
}
