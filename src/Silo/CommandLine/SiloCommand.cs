using System.CommandLine;
using System.Net;

namespace Wego.Silo;

/// <summary>The command line of the executable.</summary>
internal static class SiloCommand
{
    public static RootCommand Create()
    {
        var sandbox = new Option<bool>("--sandbox") { Description = "Run on an embedded Kubernetes API with a sample repository; nothing else is needed, nothing is kept." };
        var listen = new Option<IPEndPoint>("--listen")
        {
            Description = "ADDRESS:PORT to serve gRPC, gRPC-Web, Connect and REST on.",
            DefaultValueFactory = _ => new IPEndPoint(IPAddress.Loopback, SiloSettings.DefaultPort),
            CustomParser = result =>
            {
                if (IPEndPoint.TryParse(result.Tokens[0].Value, out var endpoint))
                {
                    return endpoint;
                }

                result.AddError($"--listen: '{result.Tokens[0].Value}' is not ADDRESS:PORT, for example 127.0.0.1:{SiloSettings.DefaultPort}.");
                return null;
            },
        };
        var kubeconfig = new Option<string?>("--kubeconfig") { Description = "The kubeconfig to use; without it $KUBECONFIG, then the pod's service account." };
        var pluginDirectories = new Option<string[]>("--plugin-dir")
        {
            Description = "A folder with plugins, each in a folder named like its assembly; may be given several times.",
            DefaultValueFactory = _ => [Path.Combine(AppContext.BaseDirectory, "plugins")],
        };
        var command = new RootCommand("Wego: one API for everything that is installed on Kubernetes as a package.") { sandbox, listen, kubeconfig, pluginDirectories };
        // Settings come as --SECTION:KEY=VALUE; whatever else is not known is a slip of the hand.
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (result, cancellationToken) =>
        {
            if (result.UnmatchedTokens.FirstOrDefault(t => !IsSetting(t)) is { } slip)
            {
                await Console.Error.WriteLineAsync($"wego: '{slip}' is neither an option nor a setting of the form --SECTION:KEY=VALUE; see --help.");
                return 1;
            }

            var settings = new SiloSettings
            {
                Sandbox = result.GetValue(sandbox),
                Listen = result.GetValue(listen)!,
                Kubeconfig = result.GetValue(kubeconfig),
                PluginDirectories = result.GetValue(pluginDirectories)!,
                ConfigurationArguments = [.. result.UnmatchedTokens],
            };
            return await WegoRun.RunAsync(settings, cancellationToken);
        });
        return command;
    }

    private static bool IsSetting(string token) =>
        token.StartsWith("--", StringComparison.Ordinal) && token.Contains(':', StringComparison.Ordinal) && token.Contains('=', StringComparison.Ordinal);
}
