using Microsoft.Extensions.Options;

namespace Wego.Tenants;

internal sealed class TenantOptionsValidator : IValidateOptions<TenantOptions>
{
    public ValidateOptionsResult Validate(string? name, TenantOptions options)
    {
        var wrong = new List<string>();
        Check("", options.RunningRequests, options.MaxRequests, options.MaxStreams, options.MaxOperations);
        Positive(nameof(options.ConcurrentOperations), options.ConcurrentOperations, 1);
        Positive(nameof(options.ConcurrentRefreshes), options.ConcurrentRefreshes, 1);
        foreach (var (key, quota) in options.Namespaces)
        {
            Check(
                $"{nameof(options.Namespaces)}:{key}:",
                quota.RunningRequests ?? options.RunningRequests,
                quota.MaxRequests ?? Math.Max(options.MaxRequests, quota.RunningRequests ?? 0),
                quota.MaxStreams ?? options.MaxStreams,
                quota.MaxOperations ?? options.MaxOperations);
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);

        void Check(string prefix, int running, int requests, int streams, int operations)
        {
            Positive(prefix + nameof(options.RunningRequests), running, 1);
            // No streams or no changes at all is a quota, too.
            Positive(prefix + nameof(options.MaxStreams), streams, 0);
            Positive(prefix + nameof(options.MaxOperations), operations, 0);
            if (requests < running)
            {
                wrong.Add($"{TenantOptions.Section}:{prefix}{nameof(options.MaxRequests)} is {requests}; it must be at least {nameof(options.RunningRequests)}, which is {running}.");
            }
        }

        void Positive(string key, int value, int least)
        {
            if (value < least)
            {
                wrong.Add($"{TenantOptions.Section}:{key} is {value}; it must be at least {least}.");
            }
        }
    }
}
