namespace Wego.Plugins.Helm;

/// <summary>Settings of <c>ocicatalog.v1alpha1</c>, the section <c>Wego:OciCatalog</c>.</summary>
internal sealed class OciCatalogOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "Wego:OciCatalog";

    /// <summary>
    /// Registries (<c>HOST</c> or <c>HOST:PORT</c>) that every caller may have listed, beside those that the caller's <c>AppRepository</c>
    /// objects name. They are asked over TLS and without a login.
    /// </summary>
    public IList<string> AllowedRegistries { get; } = [];
}
