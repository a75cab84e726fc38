using System.Text.Json.Nodes;

namespace Wego.Kubernetes.Tests;

public sealed class KubernetesObjectTests
{
    [Fact]
    public void AMutableCopyLeavesTheOriginalAsItIs()
    {
        var text = Json.ConfigMap("a", "1");
        var original = KubernetesObject.Parse(System.Text.Encoding.UTF8.GetBytes(text));

        var copy = original.ToJsonObject();
        copy["metadata"]!["name"] = "b";
        copy["data"]!.AsObject().Remove("key");

        original.ToString().ShouldBe(text);
        KubernetesObject.From(copy).Name.ShouldBe("b");
        original.ToJsonObject()["metadata"]!["name"]!.GetValue<string>().ShouldBe("a");
    }

    [Fact]
    public void WhatIsMissingIsEmptyAndWhatHasAnotherTypeIs()
    {
        var empty = KubernetesObject.From(new JsonObject { ["metadata"] = "none", ["spec"] = new JsonArray() });

        empty.Name.ShouldBe("");
        empty.Generation.ShouldBe(0);
        empty.IsDeleting.ShouldBeFalse();
        empty.Label("a").ShouldBeNull();
        empty.Text("spec", "a").ShouldBe("");
    }
}
