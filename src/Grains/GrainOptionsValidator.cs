using Microsoft.Extensions.Options;

namespace Wego.Grains;

internal sealed class GrainOptionsValidator : IValidateOptions<GrainOptions>
{
    public ValidateOptionsResult Validate(string? name, GrainOptions options)
    {
        var wrong = new List<string>();
        Positive(nameof(options.RetryDelay), options.RetryDelay);
        Positive(nameof(options.MinRefreshInterval), options.MinRefreshInterval);
        Positive(nameof(options.RefreshTimeout), options.RefreshTimeout);
        if (options.MaxRetryDelay < options.RetryDelay)
        {
            wrong.Add($"{GrainOptions.Section}:{nameof(options.MaxRetryDelay)} must be at least {nameof(options.RetryDelay)} ({options.RetryDelay}).");
        }

        if (options.ResourceWatchLinger < TimeSpan.Zero)
        {
            wrong.Add($"{GrainOptions.Section}:{nameof(options.ResourceWatchLinger)} must not be negative, for example 00:00:10.");
        }

        if (options.ContentCacheBytes < 0)
        {
            wrong.Add($"{GrainOptions.Section}:{nameof(options.ContentCacheBytes)} must not be negative; 0 keeps nothing.");
        }

        if (options.MaxWatchedResources <= 0)
        {
            wrong.Add($"{GrainOptions.Section}:{nameof(options.MaxWatchedResources)} must be positive, for example 500.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);

        void Positive(string key, TimeSpan value)
        {
            if (value <= TimeSpan.Zero)
            {
                wrong.Add($"{GrainOptions.Section}:{key} must be positive, for example 00:00:30.");
            }
        }
    }
}
