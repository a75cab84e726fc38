using System.Text.Json.Nodes;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Tests.Carvel;

/// <summary>The sandbox's definitions of Carvel's kinds say nothing that the real ones do not.</summary>
public sealed class CarvelDefinitionTests
{
    [Fact]
    public void Every_field_exists_in_the_real_definitions_with_the_same_type()
    {
        var real = Definitions(File.ReadAllText(Shared()));
        var own = Definitions(Resource("carvel/definitions.yaml"));
        own.Count.ShouldBe(5);
        var compared = 0;
        foreach (var (name, schema) in own)
        {
            // What kapp-controller serves as an aggregated API it stores under internal names.
            var stored = name.EndsWith(".data.packaging.carvel.dev", StringComparison.Ordinal) ? $"internal{name.Replace(".data.", ".internal.", StringComparison.Ordinal)}" : name;
            Compare(name, schema, real[stored], ref compared);
        }

        compared.ShouldBeGreaterThan(100);
    }

    private static void Compare(string path, JsonObject own, JsonObject real, ref int compared)
    {
        own.Text("type").ShouldBe(real.Text("type"), path);
        own.Text("format").ShouldBe(real.Text("format"), path);
        compared++;
        foreach (var required in own.Strings("required"))
        {
            real.Strings("required").ShouldContain(required, path);
        }

        foreach (var (name, property) in own.Object("properties") ?? [])
        {
            var counterpart = real.Object("properties").Object(name).ShouldNotBeNull($"{path}.{name} is no field of the real definition");
            Compare($"{path}.{name}", property!.AsObject(), counterpart, ref compared);
        }

        foreach (var part in new[] { "items", "additionalProperties" })
        {
            if (own.Object(part) is { } inner)
            {
                Compare($"{path}[]", inner, real.Object(part).ShouldNotBeNull(path), ref compared);
            }
        }
    }

    private static Dictionary<string, JsonObject> Definitions(string yaml) => YamlDocuments.Parse(yaml)
        .Where(d => d.Text("kind") == "CustomResourceDefinition")
        .ToDictionary(
            d => d.Metadata().Text("name")!,
            d => d.Object("spec").Array("versions")!.Single().Object("schema").Object("openAPIV3Schema")!);

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(SandboxServer).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static string Shared()
    {
        var path = TestPaths.Shared("crds/carvel.yaml");
        Assert.SkipWhen(path is null, "the real definitions of Carvel are not among the shared test data (file crds/carvel.yaml)");
        return path!;
    }
}
