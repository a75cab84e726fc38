using Microsoft.Extensions.Options;

namespace Wego.Kubernetes;

/// <summary>Checks the options, and that they lead to a cluster, at start.</summary>
internal sealed class KubernetesOptionsValidator(ClusterConfigurationSource source) : IValidateOptions<KubernetesOptions>
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, KubernetesOptions options)
    {
        var failures = new List<string>();
        if (options.ClusterName is not { Length: > 0 and <= 253 } || options.ClusterName.Any(c => char.IsControl(c) || c is '/' or ' '))
        {
            failures.Add($"{Key(nameof(options.ClusterName))} must be a name of 1 to 253 characters without spaces and slashes.");
        }

        if (options.Qps is < 0 or double.NaN or double.PositiveInfinity)
        {
            failures.Add($"{Key(nameof(options.Qps))} is {options.Qps}; it must be a number of requests per second, or 0 for no limit.");
        }

        if (options.Qps > 0 && options.Burst < 1)
        {
            failures.Add($"{Key(nameof(options.Burst))} is {options.Burst}; it must be at least 1.");
        }

        if (options.RequestTimeout <= TimeSpan.Zero || options.RequestTimeout > LongestTimeout)
        {
            failures.Add($"{Key(nameof(options.RequestTimeout))} is {options.RequestTimeout}; it must be more than zero and at most {LongestTimeout}.");
        }

        if (options.ConnectTimeout <= TimeSpan.Zero || options.ConnectTimeout > LongestTimeout)
        {
            failures.Add($"{Key(nameof(options.ConnectTimeout))} is {options.ConnectTimeout}; it must be more than zero and at most {LongestTimeout}.");
        }

        if (options.BreakAfter < 2)
        {
            failures.Add($"{Key(nameof(options.BreakAfter))} is {options.BreakAfter}; it must be at least 2.");
        }

        if (options.MaxBreak < TimeSpan.FromSeconds(1) || options.MaxBreak > LongestTimeout)
        {
            failures.Add($"{Key(nameof(options.MaxBreak))} is {options.MaxBreak}; it must be between one second and {LongestTimeout}.");
        }

        Lifetime(nameof(options.AllowedAccessLifetime), options.AllowedAccessLifetime);
        Lifetime(nameof(options.DeniedAccessLifetime), options.DeniedAccessLifetime);
        var needsOwn = true;
        try
        {
            needsOwn = ClusterSet.Read(options).NeedsOwn;
        }
        catch (ClusterConfigurationException e)
        {
            failures.Add(e.Message);
        }

        try
        {
            if (needsOwn)
            {
                source.Check(options);
            }
        }
        catch (ClusterConfigurationException e)
        {
            failures.Add($"{Key(nameof(options.Kubeconfig))}, {Key(nameof(options.Context))}: {e.Message}");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Lifetime(string property, TimeSpan value)
        {
            if (value < TimeSpan.Zero || value > LongestTimeout)
            {
                failures.Add($"{Key(property)} is {value}; it must be between zero (no caching) and {LongestTimeout}.");
            }
        }
    }

    private static string Key(string property) => $"{KubernetesOptions.Section}:{property}";
}
