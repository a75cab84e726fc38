using System.Diagnostics;
using Orleans.Runtime;

namespace Wego.GrainRuntime;

/// <summary>Spans of grain calls, named and tagged as those of Orleans.</summary>
internal static class Tracing
{
    private static readonly ActivitySource s_source = new("Microsoft.Orleans.Application", "1.2.0");

    public static Activity? StartClient(GrainMethod method, GrainId target) =>
        s_source.HasListeners() ? Tag(s_source.StartActivity(method.ActivityName, ActivityKind.Client), method, target) : null;

    /// <summary>The span of a whole enumeration. It does not become the current one of its consumer.</summary>
    public static Activity? StartSession(GrainMethod method, GrainId target)
    {
        var current = Activity.Current;
        var session = StartClient(method, target);
        Activity.Current = current;
        return session;
    }

    public static Activity? StartServer(Call call, ActivityContext parent, GrainId target) =>
        s_source.HasListeners() ? Tag(s_source.StartActivity(call.Method.ActivityName, ActivityKind.Server, parent), call.Method, target) : null;

    public static void Fail(Activity? activity, Exception exception) => activity
        ?.SetStatus(ActivityStatusCode.Error)
        .SetTag("exception.type", exception.GetType().FullName)
        .SetTag("exception.message", exception.Message);

    private static Activity? Tag(Activity? activity, GrainMethod method, GrainId target) => activity
        ?.SetTag("rpc.system.name", "orleans")
        .SetTag("rpc.service", method.InterfaceName)
        .SetTag("rpc.method", method.ActivityName)
        .SetTag("rpc.orleans.target_id", target.ToString());
}
