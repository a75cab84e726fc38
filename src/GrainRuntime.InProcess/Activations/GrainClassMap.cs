using Orleans.Configuration;

namespace Wego.GrainRuntime;

/// <summary>Which classes implement which grain interfaces.</summary>
internal sealed class GrainClassMap
{
    private readonly Dictionary<Type, List<GrainClass>> _classes = [];

    /// <exception cref="InvalidOperationException">Two classes have the same grain type.</exception>
    public GrainClassMap(IEnumerable<Type> types, GrainCollectionOptions collection)
    {
        var names = new Dictionary<string, GrainClass>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            var grainClass = new GrainClass(type, collection);
            if (!names.TryAdd(grainClass.Name.ToString(), grainClass))
            {
                throw new InvalidOperationException(
                    $"{type} and {names[grainClass.Name.ToString()].Type} have the same grain type '{grainClass.Name}': give one of them another with [GrainType].");
            }

            foreach (var implemented in grainClass.Interfaces)
            {
                if (!_classes.TryGetValue(implemented, out var classes))
                {
                    _classes[implemented] = classes = [];
                }

                classes.Add(grainClass);
            }
        }
    }

    /// <summary>The class that implements an interface.</summary>
    /// <param name="type">The interface.</param>
    /// <param name="prefix">The start of the full class name, where there are several.</param>
    /// <exception cref="ArgumentException">There is none, or more than one.</exception>
    public GrainClass Find(Type type, string? prefix)
    {
        var classes = _classes.GetValueOrDefault(type) ?? [];
        if (prefix is not null)
        {
            classes = classes.FindAll(c => c.Type.FullName!.StartsWith(prefix, StringComparison.Ordinal));
        }

        return classes.Count switch
        {
            1 => classes[0],
            0 => throw new ArgumentException(
                $"No grain class implements {type}{(prefix is null ? "" : $" with a name that starts with '{prefix}'")}. Is its assembly next to the executable, and is the class not abstract?", nameof(type)),
            _ => throw new ArgumentException(
                $"Several grain classes implement {type}: {string.Join(", ", classes.Select(c => c.Type))}. Pass the start of a class name as grainClassNamePrefix.", nameof(type)),
        };
    }
}
