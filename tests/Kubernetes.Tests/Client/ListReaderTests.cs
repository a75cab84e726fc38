using System.Text;

namespace Wego.Kubernetes.Tests;

public sealed class ListReaderTests
{
    private static readonly ApiRequest Request = new("list", HttpMethod.Get, "/", "test");

    [Fact]
    public void KindsAreFilledInWhereTheyAreMissing()
    {
        var list = Read("""{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"3","remainingItemCount":4},"items":[{},{"metadata":{"name":"a"}}]}""");

        list.Items.Select(i => i.ToString()).ShouldBe(["""{"apiVersion":"v1","kind":"Pod"}""", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}"""]);
        list.ResourceVersion.ShouldBe("3");
        list.Continue.ShouldBeNull();
    }

    [Fact]
    public void KindsThatAreThereStay()
    {
        var list = Read("""{"apiVersion":"meta.k8s.io/v1","kind":"PartialObjectMetadataList","items":[{"apiVersion":"x/v2","kind":"Own","spec":{"kind":"no"}},{"spec":{"kind":"no"}}]}""");

        list.Items.Select(i => i.ApiVersion + " " + i.Kind).ShouldBe(["x/v2 Own", "meta.k8s.io/v1 PartialObjectMetadata"]);
    }

    [Fact]
    public void AKindThatComesLateIsNotPutInASecondTime()
    {
        const string Item = """{"apiVersion":"v1","data":{},"metadata":{"name":"a"},"kind":"ConfigMap"}""";
        Read($$"""{"kind":"ConfigMapList","apiVersion":"v1","items":[{{Item}}]}""").Items.ShouldHaveSingleItem().ToString().ShouldBe(Item);
    }

    [Fact]
    public void TheOrderOfPropertiesDoesNotMatter()
    {
        var list = Read("""{"items":[{"metadata":{"name":"a"}}],"extra":[{"items":1}],"metadata":{"continue":"c"},"kind":"PodList","apiVersion":"v1"}""");

        list.Items.ShouldHaveSingleItem().Kind.ShouldBe("Pod");
        list.Continue.ShouldBe("c");
    }

    [Fact]
    public void NullItemsAreAnEmptyList() => Read("""{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":null}""").Items.ShouldBeEmpty();

    private static KubernetesList Read(string json) => ListReader.Read(Request, Encoding.UTF8.GetBytes(json));
}
