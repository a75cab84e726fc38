namespace Wego.Plugins.Carvel;

/// <summary>Icons, which Carvel keeps as Base64 of an SVG image.</summary>
internal static class PackageIcon
{
    /// <summary>The address that browsers show, or empty.</summary>
    public static string UrlOf(string svgBase64) => svgBase64.Length == 0 ? "" : $"data:image/svg+xml;base64,{svgBase64}";
}
