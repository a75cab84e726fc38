using Microsoft.Extensions.Options;

namespace Wego.Frontend;

internal sealed class FrontendOptionsValidator : IValidateOptions<FrontendOptions>
{
    public ValidateOptionsResult Validate(string? name, FrontendOptions options)
    {
        (string Key, TimeSpan Value)[] waits =
        [
            (nameof(options.CatalogueWait), options.CatalogueWait),
            (nameof(options.EnrichmentWait), options.EnrichmentWait),
            (nameof(options.VisibilityWait), options.VisibilityWait),
        ];
        var wrong = waits.Where(w => w.Value < TimeSpan.Zero || w.Value > TimeSpan.FromMinutes(5)).ToArray();
        return wrong.Length == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(wrong.Select(w => $"{FrontendOptions.Section}:{w.Key} is {w.Value}; give a time from 0 to 5 minutes, for example 00:00:15."));
    }
}
