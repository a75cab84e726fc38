using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Wego.Grains.Tests.Messages;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains.Tests;

/// <summary>
/// The bytes of every version of every message are still read: during a rolling update old and new replicas talk to each other. A file
/// <c>NAME.N.bin</c> is what version N of a message wrote, <c>NAME.N.json</c> what was in it; neither is ever changed. Where a message
/// grew, WEGO_WRITE_GOLDEN=1 adds the next pair.
/// </summary>
public sealed class GoldenMessageTests
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };
    private static readonly Serializer s_serializer = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    public static TheoryData<string> Messages => [.. GrainMessages.All.Select(t => t.Name)];

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Golden");

    [Theory]
    [MemberData(nameof(Messages))]
    public void The_bytes_of_every_version_are_read(string name)
    {
        var type = GrainMessages.All.Single(t => t.Name == name);
        var now = Json(SampleMessage.Of(type));
        var versions = System.IO.Directory.GetFiles(Folder(), $"{name}.*.bin").Order(StringComparer.Ordinal).ToList();
        if (versions.Count == 0 || File.ReadAllText(Path.ChangeExtension(versions[^1], "json")) != now)
        {
            Environment.GetEnvironmentVariable("WEGO_WRITE_GOLDEN").ShouldBe("1", $"{name} has no golden file, or has grown since the last one; WEGO_WRITE_GOLDEN=1 adds it.");
            var file = Path.Combine(Folder(), $"{name}.{versions.Count + 1}.bin");
            File.WriteAllBytes(file, s_serializer.SerializeToArray(SampleMessage.Of(type)));
            File.WriteAllText(Path.ChangeExtension(file, "json"), now);
            versions.Add(file);
        }

        foreach (var file in versions)
        {
            var read = s_serializer.Deserialize<object>(File.ReadAllBytes(file));
            read.ShouldBeOfType(type);
            using var expected = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(file, "json")));
            using var actual = JsonDocument.Parse(Json(read));
            Compare(expected.RootElement, actual.RootElement, $"{Path.GetFileName(file)}");
        }
    }

    // What is new in the message is not in what an old replica wrote; what was in it must have arrived.
    private static void Compare(JsonElement expected, JsonElement actual, string path)
    {
        actual.ValueKind.ShouldBe(expected.ValueKind, path);
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in expected.EnumerateObject())
                {
                    actual.TryGetProperty(member.Name, out var value).ShouldBeTrue($"{path}.{member.Name}");
                    Compare(member.Value, value, $"{path}.{member.Name}");
                }

                break;
            case JsonValueKind.Array:
                actual.GetArrayLength().ShouldBe(expected.GetArrayLength(), path);
                foreach (var (one, other) in expected.EnumerateArray().Zip(actual.EnumerateArray()))
                {
                    Compare(one, other, $"{path}[]");
                }

                break;
            default:
                actual.GetRawText().ShouldBe(expected.GetRawText(), path);
                break;
        }
    }

    private static string Json(object message) => message switch
    {
        PackageException e => JsonSerializer.Serialize(new { e.Code, e.Message, e.RetryAfter }, s_json),
        Caller caller => JsonSerializer.Serialize(new { ((KubernetesIdentity.BearerIdentity)caller.Identity).Token }, s_json),
        _ => JsonSerializer.Serialize(message, message.GetType(), s_json),
    };
}
