namespace Wego.Plugins.Resources;

/// <summary>
/// A header by which a proxy names the user's namespaces, in place of asking the API server. Use it only where the proxy
/// removes the header from what users send.
/// </summary>
public sealed class TrustedNamespacesOptions
{
    /// <summary>The header's name, for example <c>X-Consumer-Groups</c>; empty for off.</summary>
    public string HeaderName { get; set; } = "";

    /// <summary>A regular expression for each item of the comma-separated value; its first group is the namespace, for example <c>^namespace:(.+)$</c>.</summary>
    public string HeaderPattern { get; set; } = "";
}
