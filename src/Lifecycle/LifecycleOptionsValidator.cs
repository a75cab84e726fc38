using Microsoft.Extensions.Options;

namespace Wego.Lifecycle;

internal sealed class LifecycleOptionsValidator : IValidateOptions<LifecycleOptions>
{
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, LifecycleOptions options)
    {
        if (options.GracePeriod <= TimeSpan.Zero || options.GracePeriod > s_longest)
        {
            return Fail(nameof(options.GracePeriod), options.GracePeriod, "give a positive time of at most an hour, the pod's terminationGracePeriodSeconds, for example 00:00:30.");
        }

        if (options.DrainDelay < TimeSpan.Zero || options.OperationsPeriod < TimeSpan.Zero)
        {
            return Fail(nameof(options.DrainDelay), options.DrainDelay, $"give a time from 0 to nine tenths of {nameof(options.GracePeriod)} ({options.GracePeriod}), for example 00:00:05.");
        }

        return ValidateOptionsResult.Success;
    }

    private static ValidateOptionsResult Fail(string key, TimeSpan value, string remedy) =>
        ValidateOptionsResult.Fail($"{LifecycleOptions.Section}:{key} is {value}; {remedy}");
}
