using System.Reflection;
using Wego.Plugins;

namespace Wego.Grains.Tests.Messages;

/// <summary>Every type of Wego that crosses a grain, found from the interfaces of the grains.</summary>
internal static class GrainMessages
{
    public static IReadOnlyList<Type> Interfaces { get; } =
        [.. typeof(IRepositoryGrain).Assembly.GetTypes().Where(t => t.IsInterface && typeof(IGrainWithStringKey).IsAssignableFrom(t))];

    /// <summary>By name, enums left out: they cross as numbers.</summary>
    public static IReadOnlyList<Type> All { get; } = Find();

    /// <summary>What a message is made of: the properties that can be set.</summary>
    public static PropertyInfo[] Members(Type message) => [.. message.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is not null && p.DeclaringType == message)];

    private static Type[] Find()
    {
        var found = new HashSet<Type> { typeof(PackageException) };
        foreach (var method in Interfaces.SelectMany(i => i.GetMethods()))
        {
            Add(method.ReturnType, found);
            foreach (var parameter in method.GetParameters())
            {
                Add(parameter.ParameterType, found);
            }
        }

        return [.. found.OrderBy(t => t.Name, StringComparer.Ordinal)];
    }

    private static void Add(Type type, HashSet<Type> found)
    {
        foreach (var part in type.IsGenericType ? type.GetGenericArguments() : [])
        {
            Add(part, found);
        }

        if (type is { IsEnum: false, IsGenericType: false } && type.Namespace!.StartsWith("Wego", StringComparison.Ordinal) && found.Add(type))
        {
            foreach (var member in Members(type))
            {
                Add(member.PropertyType, found);
            }
        }
    }
}
