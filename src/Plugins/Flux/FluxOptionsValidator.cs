using Microsoft.Extensions.Options;

namespace Wego.Plugins.Flux;

/// <summary>Refuses settings that could only fail later, naming the key and what would be right.</summary>
internal sealed class FluxOptionsValidator : IValidateOptions<FluxOptions>
{
    public ValidateOptionsResult Validate(string? name, FluxOptions options)
    {
        var problems = new List<string>();
        RequireInterval(problems, nameof(FluxOptions.DefaultInterval), options.DefaultInterval);
        RequireInterval(problems, nameof(FluxOptions.DefaultRepositoryInterval), options.DefaultRepositoryInterval);
        if (options.Timeout.Length > 0)
        {
            RequireInterval(problems, nameof(FluxOptions.Timeout), options.Timeout);
        }

        problems.AddRange(options.VersionsInSummary.Problems($"{FluxOptions.Section}:{nameof(FluxOptions.VersionsInSummary)}"));
        if (!Enum.IsDefined(options.UpgradePolicy))
        {
            problems.Add($"{FluxOptions.Section}:{nameof(FluxOptions.UpgradePolicy)} must be None, Patch, Minor or Major.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void RequireInterval(List<string> problems, string key, string text)
    {
        if (!FluxInterval.TryParse(text, out _))
        {
            problems.Add($"{FluxOptions.Section}:{key} is '{text}': {FluxInterval.Expected}.");
        }
    }
}
