using System.Text;
using Wego.Plugins;
using Wego.Plugins.Charts;

namespace Wego.Charts.Tests.Releases;

public sealed class ManifestResourcesTests
{
    public static TheoryData<string> Cases() => [.. Golden.Cases("Manifests")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Objects_of_a_manifest_are_found(string name)
    {
        var manifest = File.ReadAllText(Golden.PathOf("Manifests", name, "manifest.yaml"));
        var found = new StringBuilder();
        try
        {
            foreach (var resource in ManifestResources.Read(manifest, "default"))
            {
                found.Append($"{resource.ApiVersion} {resource.Kind} {resource.Namespace}/{resource.Name}\n");
            }
        }
        catch (PackageException e)
        {
            e.Message.ShouldContain("line");
            found.Append($"{e.Code}\n");
        }

        Golden.Verify("Manifests", name, found.ToString());
    }
}
