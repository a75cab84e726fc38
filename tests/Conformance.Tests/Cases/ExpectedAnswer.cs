using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Wego.Rpc;

namespace Wego.Conformance;

/// <summary>Compares an answer with <c>expected.json</c>.</summary>
internal static class ExpectedAnswer
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Fails unless the answers are those expected: one message, or the messages of a stream.</summary>
    public static void Check(JsonObject expected, MethodDescriptor method, IReadOnlyList<JsonObject> answers)
    {
        var actual = method.IsServerStreaming ? new JsonObject { ["stream"] = new JsonArray([.. answers.Select(a => a.DeepClone())]) } : answers.Single();
        expected.ContainsKey("code").ShouldBeFalse($"an answer instead of the error {expected.ToJsonString(s_indented)}:\n{actual.ToJsonString(s_indented)}");
        var wanted = method.IsServerStreaming
            ? new JsonObject { ["stream"] = new JsonArray([.. expected["stream"]!.AsArray().Select(m => Canonical(m!.AsObject(), method))]) }
            : Canonical(expected, method);
        Pattern.Differences(wanted, actual, exact: true).ShouldBeEmpty(
            $"expected\n{wanted.ToJsonString(s_indented)}\nbut the answer is\n{actual.ToJsonString(s_indented)}");
    }

    /// <summary>Fails unless the error is the expected one.</summary>
    public static void Check(JsonObject expected, RpcException error)
    {
        expected.ContainsKey("code").ShouldBeTrue($"the call failed with {Name(error.Code)}: {error.Message}");
        Name(error.Code).ShouldBe(expected["code"]!.GetValue<string>(), error.Message);
        error.Message.ShouldContain(expected["message contains"]?.GetValue<string>() ?? "", Case.Sensitive);
    }

    // Reading and writing again drops fields with default values, which the expected files may spell out.
    private static JsonObject Canonical(JsonObject message, MethodDescriptor method) => WireContract.Format(WireContract.Parse(message, method.OutputType));

    // NotFound is NOT_FOUND on the wire.
    private static string Name(RpcStatusCode code)
    {
        var name = new StringBuilder();
        foreach (var letter in code.ToString())
        {
            if (char.IsAsciiLetterUpper(letter) && name.Length > 0)
            {
                name.Append('_');
            }

            name.Append(char.ToUpperInvariant(letter));
        }

        return name.ToString();
    }
}
