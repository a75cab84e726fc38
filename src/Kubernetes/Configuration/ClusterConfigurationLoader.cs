namespace Wego.Kubernetes;

/// <summary>
/// Finds the configuration of the cluster: the files named, else <c>$KUBECONFIG</c>, else the pod's service account,
/// else <c>~/.kube/config</c>.
/// </summary>
public static class ClusterConfigurationLoader
{
    /// <summary>Loads it.</summary>
    /// <param name="kubeconfig">Files separated as in <c>PATH</c>; null to look in the usual places.</param>
    /// <param name="context">A kubeconfig context; null for the current one.</param>
    /// <param name="environment">Reads a variable; null for the process's environment.</param>
    /// <exception cref="ClusterConfigurationException">Nothing was found, or it is wrong.</exception>
    public static ClusterConfiguration Load(string? kubeconfig, string? context, Func<string, string?>? environment = null)
    {
        environment ??= Environment.GetEnvironmentVariable;
        context = string.IsNullOrEmpty(context) ? null : context;
        if (!string.IsNullOrEmpty(kubeconfig))
        {
            return Kubeconfig.Load(Split(kubeconfig)).Resolve(context);
        }

        if (environment("KUBECONFIG") is { Length: > 0 } variable)
        {
            return Kubeconfig.Load(Split(variable), ignoreMissing: true).Resolve(context);
        }

        if (context is null && InClusterConfiguration.IsAvailable(environment))
        {
            return InClusterConfiguration.Load(environment);
        }

        var home = environment("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var file = Path.Combine(home, ".kube", "config");
        return File.Exists(file)
            ? Kubeconfig.Load([file]).Resolve(context)
            : throw new ClusterConfigurationException(
                $"No cluster is configured: there is no KUBECONFIG variable, no service account of a pod and no {file}. Name a file with Wego:Kubernetes:Kubeconfig.");
    }

    private static string[] Split(string paths) => paths.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
