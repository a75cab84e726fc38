using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Orleans;

namespace Wego.GrainRuntime;

/// <summary>
/// Finds the grain classes of the application: those in loaded assemblies, and in assemblies beside the executable that
/// reference this one. The latter are told by their metadata, so that others are not loaded.
/// </summary>
internal static class GrainClassFinder
{
    private static readonly string s_runtime = typeof(GrainClassFinder).Assembly.GetName().Name!;

    public static IEnumerable<Type> Find()
    {
        foreach (var path in AssembliesOfTheApplication().Where(References))
        {
            Assembly.Load(AssemblyName.GetAssemblyName(path));
        }

        return AppDomain.CurrentDomain.GetAssemblies()
            .Where(a => !a.IsDynamic && a.GetReferencedAssemblies().Any(r => r.Name == s_runtime))
            .SelectMany(a => a.GetTypes())
            .Where(t => t is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && typeof(IGrainBase).IsAssignableFrom(t) && typeof(IGrain).IsAssignableFrom(t));
    }

    private static IEnumerable<string> AssembliesOfTheApplication()
    {
        var known = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        return known.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(p => p.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal));
    }

    private static bool References(string path)
    {
        using var file = File.OpenRead(path);
        using var image = new PEReader(file);
        if (!image.HasMetadata)
        {
            return false;
        }

        var metadata = image.GetMetadataReader();
        return metadata.AssemblyReferences.Any(r => metadata.StringComparer.Equals(metadata.GetAssemblyReference(r).Name, s_runtime));
    }
}
