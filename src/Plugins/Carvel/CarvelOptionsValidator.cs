using Microsoft.Extensions.Options;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Carvel;

/// <summary>Refuses settings that could only fail later, naming the key and what would be right.</summary>
internal sealed class CarvelOptionsValidator : IValidateOptions<CarvelOptions>
{
    public ValidateOptionsResult Validate(string? name, CarvelOptions options)
    {
        var problems = new List<string>();
        if (!ObjectNames.IsNamespace(options.GlobalPackagingNamespace))
        {
            problems.Add($"{CarvelOptions.Section}:{nameof(CarvelOptions.GlobalPackagingNamespace)} is '{options.GlobalPackagingNamespace}': it must be the name of a namespace.");
        }

        if (!Enum.IsDefined(options.UpgradePolicy))
        {
            problems.Add($"{CarvelOptions.Section}:{nameof(CarvelOptions.UpgradePolicy)} must be None, Patch, Minor or Major.");
        }

        if (options.PrereleaseIdentifiers.Count > 0 && !options.AllowPrereleases)
        {
            problems.Add($"{CarvelOptions.Section}:{nameof(CarvelOptions.PrereleaseIdentifiers)} has no effect without {nameof(CarvelOptions.AllowPrereleases)}: set that to true, or leave the identifiers out.");
        }

        if (options.PrereleaseIdentifiers.Any(i => i.Length == 0 || i.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-')))
        {
            problems.Add($"{CarvelOptions.Section}:{nameof(CarvelOptions.PrereleaseIdentifiers)} must hold identifiers of pre-releases such as rc or beta: letters, digits and '-'.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
