using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wego.Contract.Tests.Http;

/// <summary>An answer, with assertions whose failure shows the whole of it.</summary>
public sealed record ApiResponse(string Request, HttpStatusCode Status, HttpResponseHeaders Headers, string? ContentType, string Text)
{
    /// <summary>The body, which must be a JSON object.</summary>
    public JsonObject Body => Parse() ?? throw new ShouldAssertException($"The body is no JSON object.\n{this}");

    public string Name => Body.Text("/metadata/name");

    public string ResourceVersion => Body.Text("/metadata/resourceVersion");

    public string Uid => Body.Text("/metadata/uid");

    public long Generation => Body.At("/metadata/generation")!.GetValue<long>();

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<JsonObject> Items => [.. Body["items"]!.AsArray().Select(item => item!.AsObject())];

    public IEnumerable<string> ItemNames => Items.Select(item => item.Text("/metadata/name"));

    public static async Task<ApiResponse> ReadAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken) => new(
        $"{request.Method} {request.RequestUri?.OriginalString}",
        response.StatusCode,
        response.Headers,
        response.Content.Headers.ContentType?.ToString(),
        await response.Content.ReadAsStringAsync(cancellationToken));

    public ApiResponse ShouldBe(HttpStatusCode expected)
    {
        Status.ShouldBe(expected, ToString());
        return this;
    }

    /// <summary>Asserts a Status body of a failure: status code, reason and the start, middle or end of its message.</summary>
    public ApiResponse ShouldFail(HttpStatusCode expected, string reason, string? message = null)
    {
        ShouldBe(expected);
        Body.Text("/kind").ShouldBe("Status", ToString());
        Body.Text("/apiVersion").ShouldBe("v1", ToString());
        Body.Text("/status").ShouldBe("Failure", ToString());
        Body.Text("/reason").ShouldBe(reason, ToString());
        Body.At("/code")!.GetValue<int>().ShouldBe((int)expected, ToString());
        if (message is not null)
        {
            Body.Text("/message").ShouldContain(message, Case.Sensitive, ToString());
        }

        return this;
    }

    public override string ToString() => $"{Request} answered {(int)Status} {ContentType}\n{Text}";

    private JsonObject? Parse()
    {
        try
        {
            return JsonNode.Parse(Text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
