using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Wego.Telemetry;

/// <summary>Completes the host's span of a request by OpenTelemetry's conventions for HTTP: its name and how it was answered.</summary>
internal sealed class HttpSpanMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            await next(context);
        }
        finally
        {
            if (context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } activity)
            {
                Complete(activity, context);
            }
        }
    }

    private static void Complete(Activity activity, HttpContext context)
    {
        // Paths below REST hold names, so the method alone is a name of which there are few. What the call was, its own span tells.
        activity.DisplayName = activity.GetTagItem("http.request.method") as string is { } method and not "_OTHER" ? method : "HTTP";
        var status = context.Response.StatusCode;
        activity.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            activity.SetTag("error.type", status.ToString(System.Globalization.CultureInfo.InvariantCulture)).SetStatus(ActivityStatusCode.Error);
        }
    }
}
