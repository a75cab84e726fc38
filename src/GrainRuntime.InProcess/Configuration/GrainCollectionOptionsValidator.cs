using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Wego.GrainRuntime;

/// <summary>Refuses settings under which grains would be collected while in use, or never.</summary>
internal sealed class GrainCollectionOptionsValidator : IValidateOptions<GrainCollectionOptions>
{
    public ValidateOptionsResult Validate(string? name, GrainCollectionOptions options)
    {
        List<string> errors = [];
        if (options.CollectionQuantum <= TimeSpan.Zero)
        {
            errors.Add($"GrainCollectionOptions.CollectionQuantum is {options.CollectionQuantum}; it must be more than zero.");
        }

        if (options.CollectionAge <= options.CollectionQuantum)
        {
            errors.Add($"GrainCollectionOptions.CollectionAge is {options.CollectionAge}; it must be more than CollectionQuantum, {options.CollectionQuantum}.");
        }

        errors.AddRange(options.ClassSpecificCollectionAge.Where(c => c.Value <= options.CollectionQuantum)
            .Select(c => $"GrainCollectionOptions.ClassSpecificCollectionAge['{c.Key}'] is {c.Value}; it must be more than CollectionQuantum, {options.CollectionQuantum}."));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
