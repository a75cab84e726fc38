namespace Wego.Kubernetes.Tests;

public sealed class ClusterConfigurationLoaderTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory().FullName;
    private readonly Dictionary<string, string> _environment = [];

    public ClusterConfigurationLoaderTests() => _environment["HOME"] = _home;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void FilesNamedWinOverTheVariableAndTheVariableOverHome()
    {
        Directory.CreateDirectory(Path.Combine(_home, ".kube"));
        Write(Path.Combine(".kube", "config"), "http://home");
        Load(null).Server.Host.ShouldBe("home");

        _environment["KUBECONFIG"] = Write("variable", "http://variable") + Path.PathSeparator + Path.Combine(_home, "missing");
        Load(null).Server.Host.ShouldBe("variable");

        Load(Write("named", "http://named")).Server.Host.ShouldBe("named");
    }

    [Fact]
    public void AFileNamedMustExist()
    {
        var missing = Path.Combine(_home, "missing");

        Should.Throw<ClusterConfigurationException>(() => Load(missing)).Message.ShouldContain(missing);
    }

    [Fact]
    public void WhereThereIsNothingTheMessageSaysWhatWouldHelp() =>
        Should.Throw<ClusterConfigurationException>(() => Load(null)).Message.ShouldContain("Wego:Kubernetes:Kubeconfig");

    private ClusterConfiguration Load(string? kubeconfig) => ClusterConfigurationLoader.Load(kubeconfig, "", _environment.GetValueOrDefault);

    private string Write(string name, string server)
    {
        var path = Path.Combine(_home, name);
        File.WriteAllText(path, $$"""
            current-context: c
            clusters: [{name: c, cluster: {server: "{{server}}"} }]
            contexts: [{name: c, context: {cluster: c} }]
            """);
        return path;
    }
}
