using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Kubeappsapis.Plugins.Helm.Packages.V1Alpha1;
using Wego.Plugins.Helm;

namespace Wego.Helm.Tests.Repositories;

/// <summary>The form has every field of the message, and no other.</summary>
public sealed class HelmRepositoryFormTests
{
    [Fact]
    public void The_form_has_the_fields_of_the_message()
    {
        var detail = JsonNode.Parse(HelmRepositoryForm.Repository)!["properties"]!["customDetail"]!["properties"]!.AsObject();

        detail["@type"]!["const"]!.GetValue<string>().ShouldEndWith(HelmPackageRepositoryCustomDetail.Descriptor.FullName);
        detail.Remove("@type");
        Compare(detail, HelmPackageRepositoryCustomDetail.Descriptor);
    }

    private static void Compare(JsonObject properties, MessageDescriptor message)
    {
        properties.Select(p => p.Key).Order(StringComparer.Ordinal).ShouldBe(message.Fields.InDeclarationOrder().Select(f => f.JsonName).Order(StringComparer.Ordinal), message.FullName);
        foreach (var field in message.Fields.InDeclarationOrder().Where(f => f is { FieldType: FieldType.Message, IsMap: false }))
        {
            var property = properties[field.JsonName]!;
            Compare((field.IsRepeated ? property["items"]! : property)["properties"]!.AsObject(), field.MessageType);
        }
    }
}
