namespace Wego.EndToEnd;

/// <summary>A folder with a few files of a dashboard, and a secret beside it.</summary>
internal sealed class DashboardFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("wego-").FullName;

    public DashboardFolder()
    {
        Path = System.IO.Path.Combine(_root, "dashboard");
        Write("../outside.txt", "s3cret");
        Write("index.html", "<title>dashboard</title>");
        Write("config.json", """{"kubeappsCluster":"from-the-folder"}""");
        Write("static/js/main.0a1b2c.js", "run();");
        Write("openapi.yaml", "openapi: 3.0.3");
        Write(".hidden", "s3cret");
        Write("custom_style.css", "a{}");
        // What would stand in the way of the API if it could.
        Write("core/plugins/v1alpha1/configured-plugins", "shadow");
        Write("apis/core/plugins/v1alpha1/configured-plugins", "shadow");
        Write("kubeappsapis.core.plugins.v1alpha1.PluginsService/GetConfiguredPlugins", "shadow");
        Write("grpc.health.v1.Health/Check", "shadow");
    }

    public string Path { get; }

    public void Delete(string name) => File.Delete(System.IO.Path.Combine(Path, name));

    public void Write(string name, string text)
    {
        var file = System.IO.Path.GetFullPath(System.IO.Path.Combine(Path, name));
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
