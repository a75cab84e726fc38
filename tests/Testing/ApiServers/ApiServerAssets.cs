namespace Wego.Testing.ApiServers;

/// <summary>The programs of a Kubernetes control plane, found by the envtest convention: the folder that KUBEBUILDER_ASSETS names.</summary>
public sealed record ApiServerAssets(string Etcd, string ApiServer, string ControllerManager)
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "KUBEBUILDER_ASSETS";

    /// <summary>Why <see cref="Find"/> finds nothing, or null where it finds everything.</summary>
    public static string? MissingReason()
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(folder))
        {
            return $"{Variable} is not set; tests/kube-apiserver/build.sh provides a kube-apiserver and prints the value to set";
        }

        var missing = Names.Where(name => !File.Exists(Path.Combine(folder, name))).ToArray();
        return missing.Length == 0 ? null : $"{Variable} names {folder}, which lacks {string.Join(", ", missing)}";
    }

    /// <summary>The programs.</summary>
    /// <exception cref="InvalidOperationException">Some are missing; the message is <see cref="MissingReason"/>.</exception>
    public static ApiServerAssets Find()
    {
        if (MissingReason() is { } reason)
        {
            throw new InvalidOperationException(reason);
        }

        var paths = Names.Select(name => Path.Combine(Environment.GetEnvironmentVariable(Variable)!, name)).ToArray();
        return new ApiServerAssets(paths[0], paths[1], paths[2]);
    }

    private static readonly string[] Names = ["etcd", "kube-apiserver", "kube-controller-manager"];
}
