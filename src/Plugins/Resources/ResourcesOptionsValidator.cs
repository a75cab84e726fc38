using Microsoft.Extensions.Options;

namespace Wego.Plugins.Resources;

/// <summary>Refuses settings that could only fail later, naming the key and what would be right.</summary>
internal sealed class ResourcesOptionsValidator : IValidateOptions<ResourcesOptions>
{
    public ValidateOptionsResult Validate(string? name, ResourcesOptions options)
    {
        var problems = new List<string>();
        if (options.MaxParallelReviews < 1)
        {
            problems.Add($"{ResourcesOptions.Section}:{nameof(ResourcesOptions.MaxParallelReviews)} is {options.MaxParallelReviews}: it must be at least 1.");
        }

        const string Trusted = $"{ResourcesOptions.Section}:{nameof(ResourcesOptions.TrustedNamespaces)}";
        var (header, pattern) = (options.TrustedNamespaces.HeaderName, options.TrustedNamespaces.HeaderPattern);
        if (header.Length > 0 != pattern.Length > 0)
        {
            problems.Add($"{Trusted}: give both {nameof(TrustedNamespacesOptions.HeaderName)} and {nameof(TrustedNamespacesOptions.HeaderPattern)}, or neither.");
        }
        else if (pattern.Length > 0 && ProblemOf(pattern) is { } problem)
        {
            problems.Add($"{Trusted}:{nameof(TrustedNamespacesOptions.HeaderPattern)}: {problem}");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static string? ProblemOf(string pattern)
    {
        try
        {
            return TrustedNamespaces.Compile(pattern).GetGroupNumbers().Length > 1
                ? null
                : "the expression needs a group around the namespace, for example ^namespace:(.+)$.";
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return $"not a usable regular expression: {e.Message}";
        }
    }
}
