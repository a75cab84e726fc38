using Microsoft.Extensions.Options;

namespace Wego.Dashboard;

internal sealed class DashboardOptionsValidator : IValidateOptions<DashboardOptions>
{
    public ValidateOptionsResult Validate(string? name, DashboardOptions options)
    {
        if (options.Directory.Length == 0)
        {
            return ValidateOptionsResult.Success;
        }

        var wrong = new List<string>();
        if (!File.Exists(Path.Combine(options.Directory, "index.html")))
        {
            wrong.Add($"{Key(nameof(options.Directory))}: {options.Directory} is no folder with an index.html; name the folder of the built dashboard.");
        }

        if (options.UseConfigFile && !File.Exists(Path.Combine(options.Directory, "config.json")))
        {
            wrong.Add($"{Key(nameof(options.UseConfigFile))}: there is no config.json in {options.Directory}; put one there, or leave it to Wego.");
        }

        if (options.PathPrefix.Length > 0 && !IsPrefix(options.PathPrefix))
        {
            wrong.Add($"{Key(nameof(options.PathPrefix))} is '{options.PathPrefix}'; it must begin with a slash, end without one and consist of letters, digits, '-', '_', '.' and '/', for example /kubeapps.");
        }

        if (options.Theme is not ("" or "light" or "dark"))
        {
            wrong.Add($"{Key(nameof(options.Theme))} is '{options.Theme}'; it must be light, dark or empty.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static bool IsPrefix(string text) =>
        text[0] == '/' && text.Split('/')[1..].All(s => s is not ("" or "." or "..") && s.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'));

    private static string Key(string property) => $"{DashboardOptions.Section}:{property}";
}
