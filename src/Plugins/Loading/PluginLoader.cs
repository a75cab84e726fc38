using System.Reflection;

namespace Wego.Plugins.Loading;

/// <summary>
/// Finds plugins: every folder <c>NAME</c> in a plugin directory holds one, in <c>NAME.dll</c>, with everything it needs
/// beside it and exactly one public class that implements <see cref="IPlugin"/>.
/// </summary>
public static class PluginLoader
{
    /// <summary>Loads all plugins of these directories, ordered by name, then version.</summary>
    /// <exception cref="PluginLoadException">A directory is missing, or one of the plugins cannot be loaded.</exception>
    public static IReadOnlyList<IPlugin> Load(IEnumerable<string> directories)
    {
        var plugins = directories.SelectMany(Folders).Select(LoadFolder).OrderBy(p => p.Id).ToArray();
        var twice = plugins.GroupBy(p => p.Id.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? plugins
            : throw new PluginLoadException($"Plugin '{twice.Key}' is there more than once: {string.Join(", ", twice.Select(p => p.GetType().Assembly.Location))}. Keep one.");
    }

    private static IEnumerable<string> Folders(string directory) => Directory.Exists(directory)
        ? Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal)
        : throw new PluginLoadException($"Plugin directory '{directory}' does not exist.");

    private static IPlugin LoadFolder(string folder)
    {
        var file = Path.GetFullPath(Path.Combine(folder, Path.GetFileName(folder) + ".dll"));
        if (!File.Exists(file))
        {
            throw new PluginLoadException($"Plugin folder '{folder}' has no '{Path.GetFileName(file)}': the assembly is named like its folder.");
        }

        try
        {
            var assembly = new PluginLoadContext(file).LoadFromAssemblyPath(file);
            var plugin = Create(file, assembly);
            // Asked here, so that one that cannot tell its name is named by its file.
            return plugin.Id is { Name.Length: > 0, Version.Length: > 0 }
                ? plugin
                : throw new PluginLoadException($"Plugin '{file}': {plugin.GetType().FullName} has an Id without name or version.");
        }
        catch (Exception e) when (e is not PluginLoadException)
        {
            var reason = e is ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } ? first.Message : e.Message;
            throw new PluginLoadException($"Plugin '{file}' cannot be loaded: {reason}", e);
        }
    }

    private static IPlugin Create(string file, Assembly assembly)
    {
        var entries = assembly.GetExportedTypes().Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IPlugin).IsAssignableFrom(t)).ToArray();
        if (entries is not [var entry])
        {
            throw new PluginLoadException($"Plugin '{file}' has {entries.Length} public classes that implement {typeof(IPlugin).FullName}; it must have exactly one.");
        }

        if (entry.GetConstructor(Type.EmptyTypes) is null)
        {
            throw new PluginLoadException($"Plugin '{file}': {entry.FullName} has no public constructor without parameters.");
        }

        try
        {
            return (IPlugin)Activator.CreateInstance(entry)!;
        }
        catch (TargetInvocationException e)
        {
            throw new PluginLoadException($"Plugin '{file}': {entry.FullName} cannot be created: {e.InnerException!.Message}", e.InnerException);
        }
    }
}
