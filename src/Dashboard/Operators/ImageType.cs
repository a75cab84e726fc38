namespace Wego.Dashboard;

/// <summary>Tells an image's type from its first bytes. The package server does not say it.</summary>
internal static class ImageType
{
    public static string Of(ReadOnlySpan<byte> image) => image switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
        _ when image.StartsWith("GIF8"u8) => "image/gif",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        _ when image.StartsWith("RIFF"u8) && image.Length >= 12 && image[8..].StartsWith("WEBP"u8) => "image/webp",
        // Everything textual is taken for SVG, the only such format.
        _ when IsText(image) => "image/svg+xml",
        _ => "application/octet-stream",
    };

    // Control characters that no text has, as browsers tell text from binary data.
    private static bool IsText(ReadOnlySpan<byte> image)
    {
        foreach (var b in image[..Math.Min(image.Length, 512)])
        {
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0c or 0x1b))
            {
                return false;
            }
        }

        return image.Length > 0;
    }
}
