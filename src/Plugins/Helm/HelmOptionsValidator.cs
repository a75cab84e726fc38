using Microsoft.Extensions.Options;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Helm;

/// <summary>Refuses settings that could only fail later, naming the key and what would be right.</summary>
internal sealed class HelmOptionsValidator : IValidateOptions<HelmOptions>
{
    private const int MaxTimeoutSeconds = 840;

    public ValidateOptionsResult Validate(string? name, HelmOptions options)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Executable))
        {
            problems.Add($"{HelmOptions.Section}:{nameof(HelmOptions.Executable)} is empty: it must be the path or name of the helm program.");
        }

        // Below what the grain that runs the operation is given, so that Helm's own words reach the user.
        if (options.TimeoutSeconds is < 1 or > MaxTimeoutSeconds)
        {
            problems.Add($"{HelmOptions.Section}:{nameof(HelmOptions.TimeoutSeconds)} is {options.TimeoutSeconds}: it must be between 1 and {MaxTimeoutSeconds}.");
        }

        if (options.HistoryMax < 0)
        {
            problems.Add($"{HelmOptions.Section}:{nameof(HelmOptions.HistoryMax)} is {options.HistoryMax}: it must be at least 1, or 0 to keep every revision.");
        }

        if (options.Storages.Any(s => !Enum.IsDefined(s)) || options.Storages.Distinct().Count() != options.Storages.Count)
        {
            problems.Add($"{HelmOptions.Section}:{nameof(HelmOptions.Storages)} must be Secrets, ConfigMaps or both, each once.");
        }

        if (!ObjectNames.IsNamespace(options.GlobalNamespace))
        {
            problems.Add($"{HelmOptions.Section}:{nameof(HelmOptions.GlobalNamespace)} is '{options.GlobalNamespace}': it must be the name of a namespace, for example kubeapps.");
        }

        problems.AddRange(options.VersionsInSummary.Problems($"{HelmOptions.Section}:{nameof(HelmOptions.VersionsInSummary)}"));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
