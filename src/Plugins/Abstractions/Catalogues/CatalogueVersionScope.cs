namespace Wego.Plugins;

/// <summary>Which versions of a package a search looks at.</summary>
public enum CatalogueVersionScope
{
    /// <summary>Only the newest.</summary>
    Newest,

    /// <summary>Any: one and the same version has to meet both conditions.</summary>
    Any,
}
