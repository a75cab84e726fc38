using System.CommandLine;
using System.Net;
using Wego.Dashboard;
using Wego.Kubernetes;

namespace Wego.Silo;

/// <summary>The command line of the executable.</summary>
internal static class SiloCommand
{
    // Settings that deserve an option of their own; the names are those of kubeapps-apis where it had them.
    private static readonly (string Name, string Value, string Key, string Description)[] SettingOptions =
    [
        ("--dashboard", "DIR", $"{DashboardOptions.Section}:{nameof(DashboardOptions.Directory)}", "Serve the files of a dashboard for the Kubeapps API at /, with a config.json made from Wego's settings."),
        ("--clusters-config-path", "FILE", $"{KubernetesOptions.Section}:{nameof(KubernetesOptions.ClustersConfigPath)}", "A JSON file with further clusters."),
        ("--pinniped-proxy-url", "URL", $"{KubernetesOptions.Section}:{nameof(KubernetesOptions.PinnipedProxyUrl)}", "The Pinniped proxy, for clusters that use it."),
        ("--pinniped-proxy-ca-cert", "FILE", $"{KubernetesOptions.Section}:{nameof(KubernetesOptions.PinnipedProxyCaCert)}", "The certificates to trust at the Pinniped proxy."),
    ];

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
        Option<string?>[] named =
        [
            .. SettingOptions.Select(o => new Option<string?>(o.Name) { Description = o.Description, HelpName = o.Value }),
        ];
        var pluginDirectories = new Option<string[]>("--plugin-dir")
        {
            Description = "A folder with plugins, each in a folder named like its assembly; may be given several times.",
            DefaultValueFactory = _ => [Path.Combine(AppContext.BaseDirectory, "plugins")],
        };
        var command = new RootCommand("Wego: one API for everything that is installed on Kubernetes as a package.") { sandbox, listen, kubeconfig, pluginDirectories };
        foreach (var option in named)
        {
            command.Add(option);
        }

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
                NamedSettings = [.. SettingOptions.Zip(named, (o, option) => KeyValuePair.Create(o.Key, result.GetValue(option))).Where(s => s.Value is not null)],
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
