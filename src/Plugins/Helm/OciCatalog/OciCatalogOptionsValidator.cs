using Microsoft.Extensions.Options;

namespace Wego.Plugins.Helm;

/// <summary>Refuses registries that are none, naming the key and what would be right.</summary>
internal sealed class OciCatalogOptionsValidator : IValidateOptions<OciCatalogOptions>
{
    public ValidateOptionsResult Validate(string? name, OciCatalogOptions options)
    {
        var problems = options.AllowedRegistries
            .Select((registry, i) => (registry, i))
            .Where(r => !RegistryHost.TryParse(r.registry, out _))
            .Select(r => $"{OciCatalogOptions.Section}:{nameof(OciCatalogOptions.AllowedRegistries)}:{r.i} is '{r.registry}': it must be HOST or HOST:PORT, for example registry-1.docker.io.")
            .ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
