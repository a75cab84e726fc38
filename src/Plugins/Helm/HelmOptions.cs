using Microsoft.Extensions.Configuration;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Helm;

/// <summary>Settings of the plugin, the section <c>Wego:Plugins:helm.packages</c>.</summary>
public sealed class HelmOptions
{
    /// <summary>The section's path, for messages.</summary>
    internal const string Section = "Wego:Plugins:helm.packages";

    /// <summary>The short key of <see cref="Executable"/>.</summary>
    internal const string ExecutableKey = "Wego:Helm:Executable";

    /// <summary>The <c>helm</c> program, 3.17 or newer: a path, or a name to look for in <c>PATH</c>. Also read from <c>Wego:Helm:Executable</c>.</summary>
    public string Executable { get; set; } = "helm";

    /// <summary>How long one operation of Helm may take, in seconds.</summary>
    public int TimeoutSeconds { get; set; } = 300;

    /// <summary>How many revisions of a release Helm keeps; 0 keeps all.</summary>
    public int HistoryMax { get; set; } = 10;

    /// <summary>Where releases are looked for. New ones are kept in the first.</summary>
    public IList<HelmStorage> Storages { get; } = [];

    /// <summary>The namespace whose repositories serve all namespaces.</summary>
    public string GlobalNamespace { get; set; } = "kubeapps";

    /// <summary>Whether the releases that Flux keeps are shown here, too, and not as packages of Flux alone.</summary>
    public bool IncludeFluxReleases { get; set; }

    /// <summary>How many versions to offer.</summary>
    public VersionsInSummaryOptions VersionsInSummary { get; set; } = new();

    /// <summary><see cref="Storages"/>, or the default where none are given.</summary>
    internal IReadOnlyList<HelmStorage> StoragesOrDefault => Storages.Count > 0 ? [.. Storages] : [HelmStorage.Secrets, HelmStorage.ConfigMaps];

    internal static void ApplyShortKey(HelmOptions options, IConfiguration configuration)
    {
        if (configuration[ExecutableKey] is { Length: > 0 } executable)
        {
            options.Executable = executable;
        }
    }
}
