using Google.Protobuf;
using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;

namespace Wego.Frontend.Tests.Mapping;

/// <summary>
/// Expected messages, <c>Golden/NAME.json</c>. With <c>WEGO_UPDATE_GOLDEN=1</c> they are written anew, to be looked at before
/// they are committed.
/// </summary>
internal static class Golden
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default
        .WithIndentation()
        .WithPreserveProtoFieldNames(true)
        .WithTypeRegistry(TypeRegistry.FromMessages(Context.Descriptor)));

    public static void Check(string name, IMessage actual)
    {
        var path = Path.Combine(TestPaths.Root, "tests", "Frontend.Tests", "Mapping", "Golden", name + ".json");
        var text = Formatter.Format(actual).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("WEGO_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        text.ShouldBe(File.ReadAllText(path));
    }
}
