using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>Lets nothing but <see cref="PackageException"/> leave a grain for what the API server refuses.</summary>
internal static class KubernetesGuard
{
    /// <summary>Runs an operation of a plugin.</summary>
    /// <param name="what">What is being done, for example <c>read package team-a/web</c>.</param>
    /// <param name="operation">The operation.</param>
    public static async Task<T> RunAsync<T>(string what, Func<Task<T>> operation)
    {
        try
        {
            return await operation();
        }
        catch (KubernetesException e)
        {
            throw KubernetesErrors.Translate(e, what);
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public static async Task RunAsync(string what, Func<Task> operation)
    {
        try
        {
            await operation();
        }
        catch (KubernetesException e)
        {
            throw KubernetesErrors.Translate(e, what);
        }
    }

    /// <summary>Runs an operation of a plugin with the service's own identity, whose lack of rights is not the caller's.</summary>
    public static async Task<T> RunOwnAsync<T>(string what, Func<Task<T>> operation)
    {
        try
        {
            return await operation();
        }
        catch (KubernetesException e)
        {
            throw KubernetesErrors.TranslateOwn(e, what);
        }
    }
}
