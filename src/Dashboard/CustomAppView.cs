namespace Wego.Dashboard;

/// <summary>A package whose page is shown by a component of the installation's own.</summary>
public sealed class CustomAppView
{
    /// <summary>The package's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The plugin's name.</summary>
    public string Plugin { get; set; } = "";

    /// <summary>The repository's name.</summary>
    public string Repository { get; set; } = "";
}
