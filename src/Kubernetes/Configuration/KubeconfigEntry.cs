namespace Wego.Kubernetes;

/// <summary>An entry of a merged kubeconfig, with the file that it came from: relative paths in it start at that file's folder.</summary>
internal sealed record KubeconfigEntry<T>(string File, T Value)
{
    public string Resolve(string path) => Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(File))!);
}
