using System.Net;
using Microsoft.Extensions.Options;
using Wego.Clustering;
using Wego.Kubernetes;
using Wego.Plugins.Loading;

namespace Wego.Silo;

/// <summary>Runs the server until it is told to stop.</summary>
internal static class WegoRun
{
    /// <returns>0, or 1 where it could not start; the reason goes to standard error.</returns>
    public static async Task<int> RunAsync(SiloSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await using var sandbox = settings.Sandbox ? await SandboxRun.StartAsync(RepositoryPort(settings), cancellationToken) : null;
            await using var app = WegoHost.Build(settings, sandbox?.Configuration);
            await app.StartAsync(cancellationToken);
            if (sandbox is not null)
            {
                await Welcome.PrintAsync(Console.Out, app.Urls.First(), sandbox);
            }

            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (Exception e) when (e is PluginLoadException or OptionsValidationException or ClusterConfigurationException or SiloTableException or KubernetesException or IOException)
        {
            await Console.Error.WriteLineAsync($"wego: {e.Message}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            // Told to end before the start was done.
            return 0;
        }
    }

    // The port after Wego's own, so that the commands in the README can be pasted.
    private static int RepositoryPort(SiloSettings settings) => settings.Listen.Port is 0 or IPEndPoint.MaxPort ? 0 : settings.Listen.Port + 1;
}
