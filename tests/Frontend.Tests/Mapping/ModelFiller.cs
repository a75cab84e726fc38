using System.Collections.Immutable;
using System.Reflection;
using Google.Protobuf.WellKnownTypes;
using Kubeappsapis.Core.Packages.V1Alpha1;
using CustomDetail = Wego.Plugins.CustomDetail;
using Enum = System.Enum;
using Type = System.Type;

namespace Wego.Frontend.Tests.Mapping;

/// <summary>Makes instances of the model in which everything is set, each text to its own path.</summary>
internal static class ModelFiller
{
    public static T Fill<T>() => (T)Make(typeof(T), typeof(T).Name);

    private static object Make(Type type, string path)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return path;
        }

        if (type == typeof(bool))
        {
            return true;
        }

        if (type == typeof(long))
        {
            return 7L;
        }

        if (type == typeof(byte))
        {
            return (byte)path.Length;
        }

        if (type.IsEnum)
        {
            return Enum.GetValues(type).Cast<object>().Last();
        }

        if (type == typeof(CustomDetail))
        {
            var packed = Any.Pack(new Context { Namespace = path });
            return new CustomDetail(packed.TypeUrl, [.. packed.Value.Span]);
        }

        if (type == typeof(ImmutableDictionary<string, string>))
        {
            return ImmutableDictionary<string, string>.Empty.Add($"{path}.key", $"{path}.value");
        }

        if (type == typeof(ImmutableSortedDictionary<string, string>))
        {
            return ImmutableSortedDictionary<string, string>.Empty.Add($"{path}.key", $"{path}.value");
        }

        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
            ? MakeArray(type.GenericTypeArguments[0], path)
            : MakeRecord(type, path);
    }

    private static object MakeArray(Type element, string path)
    {
        var elements = Array.CreateInstance(element, 2);
        elements.SetValue(Make(element, $"{path}.0"), 0);
        elements.SetValue(Make(element, $"{path}.1"), 1);
        return typeof(ImmutableArray).GetMethods()
            .Single(m => m.Name == nameof(ImmutableArray.Create) && m.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(element)
            .Invoke(null, [elements])!;
    }

    private static object MakeRecord(Type type, string path)
    {
        // The copy constructor of a record is not public.
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var record = constructor.Invoke([.. constructor.GetParameters().Select(p => Make(p.ParameterType, $"{path}.{p.Name}"))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            if (!Array.Exists(constructor.GetParameters(), p => p.Name == property.Name))
            {
                property.SetValue(record, Make(property.PropertyType, $"{path}.{property.Name}"));
            }
        }

        return record;
    }
}
