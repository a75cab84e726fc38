using System.IO.Compression;

namespace Wego.Rpc.Tests.Support;

public static class Gzip
{
    public static byte[] Compress(byte[] plain)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.SmallestSize))
        {
            gzip.Write(plain);
        }

        return output.ToArray();
    }
}
