using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Wego.GrainRuntime;

/// <summary>Refuses a timeout under which no call could succeed.</summary>
internal sealed class SiloMessagingOptionsValidator : IValidateOptions<SiloMessagingOptions>
{
    public ValidateOptionsResult Validate(string? name, SiloMessagingOptions options) =>
        options.ResponseTimeout > TimeSpan.Zero
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"SiloMessagingOptions.ResponseTimeout is {options.ResponseTimeout}; it must be more than zero.");
}
