namespace Wego.Loading.Tests;

/// <summary>A directory of plugin folders, deleted at the end of the test.</summary>
internal sealed class PluginDirectory : IDisposable
{
    public PluginDirectory() => Path = Directory.CreateTempSubdirectory("wego-plugins-").FullName;

    public string Path { get; }

    /// <summary>The path of a file in the folder of a plugin, which is created.</summary>
    public string File(string plugin, string file) =>
        System.IO.Path.Combine(Directory.CreateDirectory(System.IO.Path.Combine(Path, plugin)).FullName, file);

    /// <summary>Writes the assembly of a plugin into its folder.</summary>
    /// <returns>The assembly's path.</returns>
    public string Add(string plugin, params EmittedEntry[] entries)
    {
        var file = File(plugin, plugin + ".dll");
        EmittedPlugin.Write(file, entries);
        return file;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
