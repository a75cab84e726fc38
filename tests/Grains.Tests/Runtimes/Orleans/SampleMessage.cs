using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Wego.Grains.Tests.Messages;
using Wego.Plugins;

namespace Wego.Grains.Tests;

/// <summary>Messages with every member set, and so that no two members have the same by chance.</summary>
internal static class SampleMessage
{
    private static readonly DateTimeOffset s_time = new(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero);

    public static object Of(Type type, string name = "")
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying, name);
        }

        if (type == typeof(Caller))
        {
            return new Caller("token");
        }

        if (type == typeof(PackageException))
        {
            return new PackageException(PackageErrorCode.Aborted, "name: taken.", new InvalidOperationException("why")) { RetryAfter = TimeSpan.FromSeconds(3) };
        }

        if (type.IsEnum)
        {
            return Enum.GetValues(type).Cast<object>().Last();
        }

        return type switch
        {
            _ when type == typeof(string) => $"the {name}",
            _ when type == typeof(bool) => true,
            _ when type == typeof(byte) => (byte)(name.Length + 1),
            _ when type == typeof(int) => name.Length + 1000,
            _ when type == typeof(long) => name.Length + 1_000_000_000_000L,
            _ when type == typeof(DateTimeOffset) => s_time.AddDays(name.Length),
            _ when type == typeof(TimeSpan) => TimeSpan.FromMinutes(name.Length),
            { IsGenericType: true } => Collection(type, name),
            _ => Message(type),
        };
    }

    private static object Message(Type type)
    {
        var message = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var member in GrainMessages.Members(type))
        {
            member.SetValue(message, Of(member.PropertyType, member.Name));
        }

        return message;
    }

    private static object Collection(Type type, string name)
    {
        var definition = type.GetGenericTypeDefinition();
        if (definition == typeof(ImmutableHashSet<>))
        {
            return ImmutableHashSet.Create($"the {name}");
        }

        if (definition == typeof(ImmutableDictionary<,>))
        {
            return ImmutableDictionary.CreateRange([KeyValuePair.Create("key", $"the {name}")]);
        }

        if (definition == typeof(ImmutableSortedDictionary<,>))
        {
            return ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("Key", $"the {name}"), KeyValuePair.Create("a key", "more")]);
        }

        var item = type.GetGenericArguments()[0];
        var items = Array.CreateInstance(item, 1);
        items.SetValue(Of(item, name), 0);
        return definition == typeof(ImmutableArray<>)
            ? typeof(SampleMessage).GetMethod(nameof(ToImmutable), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(item).Invoke(null, [items])!
            : throw new NotSupportedException($"{type} is no collection that messages are known to have.");
    }

    private static ImmutableArray<T> ToImmutable<T>(T[] items) => [.. items];
}
