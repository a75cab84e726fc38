using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Wego.Kubernetes.Protobuf;

namespace Wego.Kubernetes;

/// <summary>Turns a refused request into an exception, after the API's <c>Status</c> object or, lacking one, the HTTP status.</summary>
internal static class StatusReader
{
    private const int MaxMessageChars = 2048;

    /// <summary>The exception for an HTTP answer that is no success.</summary>
    public static KubernetesException FromResponse(ApiRequest request, HttpResponseMessage response, ReadOnlySpan<byte> body, TimeProvider time)
    {
        var code = (int)response.StatusCode;
        var retryAfter = RetryAfterHeader(response, time);
        if (TryParse(body) is { } status)
        {
            return FromStatus(request.ToString(), status, code, retryAfter);
        }

        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        if (code is >= 300 and < 400)
        {
            return new KubernetesException(
                KubernetesFailure.Unavailable, $"{request}: the server redirects ({code}); the configured address is not the API server's.", code, retryAfter: retryAfter);
        }

        if (type.Contains("html", StringComparison.OrdinalIgnoreCase))
        {
            return new KubernetesException(
                KubernetesFailure.Unavailable, $"{request}: something in front of the API server answered {code} with {type}.", code, retryAfter: retryAfter);
        }

        var text = Shorten(Encoding.UTF8.GetString(body[..Math.Min(body.Length, MaxMessageChars)]).Trim());
        return new KubernetesException(
            FromCode(code), $"{request}: the API server answered {code}{(text.Length > 0 ? ": " + text : "")}.", code, retryAfter: retryAfter);
    }

    /// <summary>The exception for a <c>Status</c> object, as an answer or as the object of a watch's ERROR event.</summary>
    public static KubernetesException FromStatus(string request, KubernetesObject status, int httpStatus = 0, TimeSpan? retryAfter = null)
    {
        var code = status.Find("code") is { ValueKind: JsonValueKind.Number } n && n.TryGetInt32(out var c) && c > 0 ? c : httpStatus;
        var reason = status.Text("reason");
        if (retryAfter is null && status.Find("details", "retryAfterSeconds") is { ValueKind: JsonValueKind.Number } s && s.TryGetInt32(out var seconds) && seconds > 0)
        {
            retryAfter = TimeSpan.FromSeconds(seconds);
        }

        var message = Shorten(status.Text("message"));
        var label = reason.Length > 0 ? $"{code} {reason}" : $"{code}";
        return new KubernetesException(
            FromReason(reason) ?? FromCode(code),
            $"{request}: {(message.Length > 0 ? message : "refused")} ({label}).",
            code,
            Causes(status),
            retryAfter);
    }

    public static TimeSpan? RetryAfterHeader(HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > time.GetUtcNow() ? date - time.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    private static KubernetesObject? TryParse(ReadOnlySpan<byte> body)
    {
        if (ProtobufAnswer.Is(body))
        {
            return ProtobufAnswer.ReadStatus(body);
        }

        var start = body.IndexOfAnyExcept(" \t\r\n"u8);
        if (start < 0 || body[start] != (byte)'{')
        {
            return null;
        }

        try
        {
            var parsed = KubernetesObject.Parse(body);
            return parsed.Kind == "Status" ? parsed : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ImmutableArray<StatusCause> Causes(KubernetesObject status)
    {
        if (status.Find("details", "causes") is not { ValueKind: JsonValueKind.Array } causes)
        {
            return [];
        }

        return [.. causes.EnumerateArray().Where(c => c.ValueKind == JsonValueKind.Object).Select(c => new StatusCause(Text(c, "reason"), Text(c, "message"), Text(c, "field")))];

        static string Text(JsonElement element, string name) =>
            element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
    }

    private static string Shorten(string text) => text.Length <= MaxMessageChars ? text : string.Concat(text.AsSpan(0, MaxMessageChars), "…");

    // Reasons of metav1.StatusReason. A reason that is not here says no more than its code.
    private static KubernetesFailure? FromReason(string reason) => reason switch
    {
        "Unauthorized" => KubernetesFailure.Unauthorized,
        "Forbidden" => KubernetesFailure.Forbidden,
        "NotFound" => KubernetesFailure.NotFound,
        "AlreadyExists" => KubernetesFailure.AlreadyExists,
        "Conflict" => KubernetesFailure.Conflict,
        "Gone" or "Expired" => KubernetesFailure.Expired,
        "Invalid" => KubernetesFailure.Invalid,
        "BadRequest" => KubernetesFailure.BadRequest,
        "RequestEntityTooLarge" => KubernetesFailure.TooLarge,
        "Timeout" or "ServerTimeout" => KubernetesFailure.Timeout,
        "TooManyRequests" => KubernetesFailure.Throttled,
        "InternalError" or "StoreReadError" => KubernetesFailure.InternalError,
        "ServiceUnavailable" => KubernetesFailure.Unavailable,
        _ => null,
    };

    private static KubernetesFailure FromCode(int code) => code switch
    {
        400 => KubernetesFailure.BadRequest,
        401 => KubernetesFailure.Unauthorized,
        403 => KubernetesFailure.Forbidden,
        404 => KubernetesFailure.NotFound,
        409 => KubernetesFailure.Conflict,
        410 => KubernetesFailure.Expired,
        413 => KubernetesFailure.TooLarge,
        422 => KubernetesFailure.Invalid,
        429 => KubernetesFailure.Throttled,
        500 => KubernetesFailure.InternalError,
        502 or 503 => KubernetesFailure.Unavailable,
        504 => KubernetesFailure.Timeout,
        _ => KubernetesFailure.Other,
    };
}
