using Orleans.Runtime;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Rpc;

namespace Wego.Frontend;

/// <summary>
/// Asks several plugins at once. Those that fail are named in the response header <see cref="Header"/> and counted; the
/// others' answers are returned. Where all fail, or the caller is not authenticated, the first failure is the answer.
/// </summary>
internal static class Aggregator
{
    /// <summary>The response header that names failed plugins: <c>PLUGIN=CODE</c>, separated by commas.</summary>
    public const string Header = "wego-failed-plugins";

    /// <summary>Asks the plugins and returns the answers in the plugins' order.</summary>
    public static async Task<IReadOnlyList<T>> AskAsync<T>(IReadOnlyList<RegisteredPlugin> plugins, RpcContext context, Func<RegisteredPlugin, Task<T>> ask)
    {
        var outcomes = await Task.WhenAll(plugins.Select(p => TryAsync(p, ask)));
        var failures = outcomes.Select(o => o.Failure).OfType<PluginFailure>().ToArray();
        if (failures.Length == 0)
        {
            return [.. outcomes.Select(o => o.Answer!)];
        }

        if (failures.Length == plugins.Count || Array.Find(failures, f => f.Error.Code == PackageErrorCode.Unauthenticated) is not null)
        {
            var first = Array.Find(failures, f => f.Error.Code == PackageErrorCode.Unauthenticated) ?? failures[0];
            throw new PackageException(first.Error.Code, first.Error.Message, first.Error);
        }

        foreach (var failure in failures)
        {
            FrontendTelemetry.PluginFailed(failure.Plugin.Name, $"{context.Method.Service.FullName}/{context.Method.Name}", failure.Error.Code.ToString());
        }

        context.ResponseHeaders[Header] = string.Join(',', failures.Select(f => $"{f.Plugin.Name}={f.Error.Code}"));
        return [.. outcomes.Where(o => o.Failure is null).Select(o => o.Answer!)];
    }

    private static async Task<(T? Answer, PluginFailure? Failure)> TryAsync<T>(RegisteredPlugin plugin, Func<RegisteredPlugin, Task<T>> ask)
    {
        try
        {
            return (await ask(plugin), null);
        }
        catch (PackageException e)
        {
            return (default, new PluginFailure(plugin.Id, e));
        }
        catch (KubernetesException e)
        {
            return (default, new PluginFailure(plugin.Id, new PackageException(KubernetesErrors.CodeOf(e.Failure), e.Message, e)));
        }
        catch (TimeoutException e)
        {
            return (default, new PluginFailure(plugin.Id, new PackageException(PackageErrorCode.DeadlineExceeded, $"Plugin '{plugin.Id.Name}' did not answer in time.", e)));
        }
        catch (OrleansException e)
        {
            return (default, new PluginFailure(plugin.Id, new PackageException(PackageErrorCode.Unavailable, ErrorInterceptor.Moving, e)));
        }
    }
}
