using System.Text;
using Wego.Lifecycle;

namespace Wego.Silo;

/// <summary>
/// What a kubelet asks: <c>/startupz</c>, <c>/readyz</c>, <c>/livez</c>, in the plain text of Kubernetes' own components, with
/// <c>?verbose</c> for people. None of them calls anything.
/// </summary>
internal sealed class HealthEndpoints(Readiness readiness, HealthMonitor monitor, IHostApplicationLifetime lifetime)
{
    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            return next(http);
        }

        return http.Request.Path.Value switch
        {
            "/startupz" => AnswerAsync(http, "startupz", [new ReadinessState("started", lifetime.ApplicationStarted.IsCancellationRequested ? null : "the start is under way")]),
            "/readyz" => AnswerReadinessAsync(http),
            // That this is answered is all there is to say: whatever else fails, a restart would not put it right.
            "/livez" => AnswerAsync(http, "livez", [new ReadinessState("ping", null)]),
            _ => next(http),
        };
    }

    private Task AnswerReadinessAsync(HttpContext http)
    {
        // So that grpc.health.v1 never says otherwise later than this.
        monitor.Update();
        return AnswerAsync(http, "readyz", readiness.Read());
    }

    private static async Task AnswerAsync(HttpContext http, string name, IReadOnlyList<ReadinessState> states)
    {
        var ok = states.All(s => s.Reason is null);
        http.Response.StatusCode = ok ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        var text = ok && !http.Request.Query.ContainsKey("verbose") ? "ok" : Describe(name, ok, states);
        http.Response.ContentLength = Encoding.UTF8.GetByteCount(text);
        if (HttpMethods.IsGet(http.Request.Method))
        {
            await http.Response.WriteAsync(text, http.RequestAborted);
        }
    }

    private static string Describe(string name, bool ok, IEnumerable<ReadinessState> states)
    {
        var text = new StringBuilder();
        foreach (var state in states)
        {
            text.Append(state.Reason is null ? $"[+]{state.Name} ok\n" : $"[-]{state.Name} failed: {state.Reason}\n");
        }

        return text.Append(name).Append(ok ? " check passed\n" : " check failed\n").ToString();
    }
}
