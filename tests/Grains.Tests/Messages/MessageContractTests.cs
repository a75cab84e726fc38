using System.Reflection;
using Wego.Plugins;

namespace Wego.Grains.Tests.Messages;

/// <summary>What Orleans wants of messages and in one process nobody would notice: serializers, names and numbers that stay.</summary>
public sealed class MessageContractTests
{
    public static TheoryData<string> Messages => [.. GrainMessages.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_can_be_serialized_under_a_name_of_its_own(string name)
    {
        var message = GrainMessages.All.Single(t => t.Name == name);
        message.IsDefined(typeof(GenerateSerializerAttribute)).ShouldBeTrue("It lacks [GenerateSerializer].");
        message.GetCustomAttributes<AliasAttribute>().Select(a => a.Alias).ShouldBe([$"wego.{name}"]);
        if (message != typeof(PackageException))
        {
            message.IsDefined(typeof(ImmutableAttribute)).ShouldBeTrue("It lacks [Immutable], without which it is copied from grain to grain.");
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Each_member_has_a_number_and_none_is_given_twice(string name)
    {
        var message = GrainMessages.All.Single(t => t.Name == name);
        // The parameters of a record number themselves by their order.
        var positional = message.GetConstructors().SelectMany(c => c.GetParameters()).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var members = GrainMessages.Members(message).Where(m => !positional.Contains(m.Name)).ToArray();
        var ids = members.ToDictionary(m => m.Name, m => m.GetCustomAttribute<IdAttribute>()?.Id, StringComparer.Ordinal);
        ids.Where(m => m.Value is null).Select(m => m.Key).ShouldBeEmpty("These lack [Id].");
        ids.Values.Distinct().Count().ShouldBe(ids.Count);
    }

    [Fact]
    public void Each_grain_and_method_has_a_name_of_its_own()
    {
        foreach (var grain in GrainMessages.Interfaces)
        {
            grain.GetCustomAttribute<AliasAttribute>()?.Alias.ShouldBe($"wego.{grain.Name}");
            var names = grain.GetMethods().Select(m => m.GetCustomAttribute<AliasAttribute>()?.Alias).ToArray();
            names.ShouldNotContain((string?)null);
            names.Distinct().Count().ShouldBe(names.Length);
        }
    }
}
