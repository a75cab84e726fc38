using System.Text;

namespace Wego.Plugins.Helm;

/// <summary>Reads a stream to its end and keeps a bounded part of it: the beginning, or the end where that tells more.</summary>
internal static class OutputTail
{
    public static async Task<(string Text, bool WasCut)> ReadStartAsync(Stream stream, int limit)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[8192];
        var cut = false;
        for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
        {
            var room = Math.Min(read, limit - (int)kept.Length);
            kept.Write(buffer, 0, room);
            cut |= room < read;
        }

        return (Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length), cut);
    }

    public static async Task<string> ReadEndAsync(Stream stream, int limit)
    {
        var kept = new byte[2 * limit];
        var length = 0;
        for (int read; (read = await stream.ReadAsync(kept.AsMemory(length))) > 0;)
        {
            length += read;
            if (length == kept.Length)
            {
                kept.AsSpan(limit).CopyTo(kept);
                length = limit;
            }
        }

        var start = Math.Max(0, length - limit);
        return Encoding.UTF8.GetString(kept, start, length - start);
    }
}
