using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Rpc.Tests.Support;

namespace Wego.Rpc.Tests.Rest;

/// <summary>
/// Each folder of Cases is one request and what must come of it. <c>request.http</c> is sent as it is; <c>expected.http</c> has
/// the status, the method that answered (or <c>-</c>) and the JSON.
/// </summary>
public sealed class BindingCaseTests
{
    private static readonly string Folder = Path.Combine(TestPaths.Root, "tests", "Rpc.Tests", "Rest", "Cases");
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Names { get; } = new(Directory.GetDirectories(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)!);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Request_is_bound_as_expected(string name)
    {
        await using var server = await RestServer.StartAsync();
        var (head, body) = Split(await File.ReadAllTextAsync(Path.Combine(Folder, name, "request.http"), TestContext.Current.CancellationToken));

        var response = await RawHttp.SendAsync(server.Address, head, head.StartsWith("GET", StringComparison.Ordinal) ? null : Encoding.UTF8.GetBytes(body));

        var actual = $"{response.Status} {response.Headers.GetValueOrDefault("Grpc-Metadata-Rpc", "-")}\n\n{Pretty(response.Text)}";
        response.Headers["Content-Type"].ShouldBe("application/json");
        var (status, json) = Split(await File.ReadAllTextAsync(Path.Combine(Folder, name, "expected.http"), TestContext.Current.CancellationToken));
        actual.ShouldBe($"{status}\n\n{Pretty(json)}");
    }

    private static (string Head, string Body) Split(string text)
    {
        var parts = text.ReplaceLineEndings("\n").TrimEnd('\n').Split("\n\n", 2);
        return (parts[0], parts.Length > 1 ? parts[1] : "");
    }

    private static string Pretty(string json) => JsonNode.Parse(json)!.ToJsonString(Indented);
}
