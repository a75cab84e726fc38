using System.Diagnostics.Metrics;

namespace Wego.Frontend;

/// <summary>What the frontend reports. No object or user is named in a metric.</summary>
internal static class FrontendTelemetry
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "Wego.Frontend";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> PluginFailures = Meter.CreateCounter<long>(
        "wego.frontend.plugin_failures", "{failure}", "Plugins that are missing in an answer because they failed, by plugin, method and code.");

    public static void PluginFailed(string plugin, string method, string code) => PluginFailures.Add(
        1,
        new KeyValuePair<string, object?>("wego.plugin", plugin),
        new KeyValuePair<string, object?>("rpc.method", method),
        new KeyValuePair<string, object?>("error.type", code));
}
