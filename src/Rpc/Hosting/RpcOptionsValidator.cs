using Microsoft.Extensions.Options;

namespace Wego.Rpc.Hosting;

internal sealed class RpcOptionsValidator : IValidateOptions<RpcOptions>
{
    public ValidateOptionsResult Validate(string? name, RpcOptions options)
    {
        List<string> failures = [];
        RequirePositive(options.MaxReceiveMessageSize, nameof(options.MaxReceiveMessageSize), failures);
        RequirePositive(options.MaxSendMessageSize, nameof(options.MaxSendMessageSize), failures);
        RequirePositive(options.CompressionThreshold, nameof(options.CompressionThreshold), failures);
        if (options.PathPrefix is not "" && (options.PathPrefix is not ['/', ..] || options.PathPrefix.EndsWith('/')))
        {
            failures.Add($"{nameof(RpcOptions)}.{nameof(options.PathPrefix)} is '{options.PathPrefix}'; it must be empty or begin, but not end, with a slash.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void RequirePositive(int? bytes, string key, List<string> failures)
    {
        if (bytes <= 0)
        {
            failures.Add($"{nameof(RpcOptions)}.{key} is {bytes}; it must be a positive number of bytes, or null for none.");
        }
    }
}
