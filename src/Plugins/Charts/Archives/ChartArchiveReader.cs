using System.Formats.Tar;
using System.IO.Compression;

namespace Wego.Plugins.Charts;

/// <summary>
/// Reads a chart archive (<c>.tgz</c>) in memory. Nothing is ever unpacked to a disk; an archive that could do harm to those who
/// would is refused all the same: a chart that needs it is not one to offer.
/// </summary>
public static class ChartArchiveReader
{
    /// <summary>Reads what Wego shows of a chart.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="expected">The digest that it has to have, or null.</param>
    /// <param name="limits">What to accept.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ChartException">
    /// The digest differs, the archive is broken, unsafe, beyond a limit, or no chart.
    /// </exception>
    public static async Task<PackageContent> ReadAsync(
        ReadOnlyMemory<byte> archive,
        ContentDigest? expected,
        ChartArchiveLimits limits,
        CancellationToken cancellationToken)
    {
        if (archive.Length > limits.MaxPackedBytes)
        {
            throw new ChartException(ChartFailure.TooLarge, $"The chart archive has {archive.Length} bytes; at most {limits.MaxPackedBytes} are accepted.");
        }

        Verify(archive, expected);
        try
        {
            return ChartContentReader.Read(await ReadFilesAsync(archive, limits, cancellationToken));
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or NotSupportedException)
        {
            throw new ChartException(ChartFailure.MalformedArchive, $"The chart archive is no valid .tgz file: {e.Message}", e);
        }
    }

    /// <summary>Refuses an archive with another digest than it has to have.</summary>
    /// <exception cref="ChartException">The digest differs.</exception>
    internal static void Verify(ReadOnlyMemory<byte> archive, ContentDigest? expected)
    {
        if (expected is { } digest && ContentDigest.Compute(archive.Span) is var actual && actual != digest)
        {
            throw new ChartException(ChartFailure.DigestMismatch, $"The chart archive has the digest {actual}, but the repository promises {digest}.");
        }
    }

    private static async Task<ChartFiles> ReadFilesAsync(ReadOnlyMemory<byte> archive, ChartArchiveLimits limits, CancellationToken cancellationToken)
    {
        var files = new ChartFiles();
        var count = 0;
        await using var packed = archive.OpenRead();
        await using var unpacked = new BoundedStream(
            new GZipStream(packed, CompressionMode.Decompress),
            limits.MaxUnpackedBytes,
            () => new ChartException(ChartFailure.TooLarge, $"The chart archive unpacks to more than {limits.MaxUnpackedBytes} bytes."));
        await using var tar = new TarReader(unpacked);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.EntryType == TarEntryType.GlobalExtendedAttributes)
            {
                continue;
            }

            if (++count > limits.MaxFiles)
            {
                throw new ChartException(ChartFailure.TooLarge, $"The chart archive has more than {limits.MaxFiles} files.");
            }

            var segments = Check(entry, limits);
            if (entry.EntryType != TarEntryType.Directory && ChartFiles.IsWanted(segments))
            {
                files.Add(segments[^1], await ReadFileAsync(entry, limits, cancellationToken));
            }
        }

        return count > 0 ? files : throw new ChartException(ChartFailure.MalformedArchive, "The chart archive is empty.");
    }

    private static string[] Check(TarEntry entry, ChartArchiveLimits limits)
    {
        if (entry.EntryType is TarEntryType.SymbolicLink or TarEntryType.HardLink)
        {
            throw Unsafe(entry, "a link");
        }

        if (entry.EntryType is TarEntryType.CharacterDevice or TarEntryType.BlockDevice or TarEntryType.Fifo)
        {
            throw Unsafe(entry, "a device or pipe");
        }

        if (entry.EntryType is not (TarEntryType.Directory or TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile))
        {
            throw Unsafe(entry, $"an entry of type {entry.EntryType}");
        }

        if (ArchivePath.Danger(entry.Name) is { } danger)
        {
            throw Unsafe(entry, danger);
        }

        var segments = ArchivePath.Segments(entry.Name);
        return segments.Length <= limits.MaxDepth
            ? segments
            : throw new ChartException(ChartFailure.TooLarge, $"The chart archive has a path of more than {limits.MaxDepth} segments.");
    }

    private static async Task<byte[]> ReadFileAsync(TarEntry entry, ChartArchiveLimits limits, CancellationToken cancellationToken)
    {
        if (entry.Length > limits.MaxFileBytes)
        {
            throw new ChartException(ChartFailure.TooLarge, $"{entry.Name} in the chart archive has {entry.Length} bytes; at most {limits.MaxFileBytes} are accepted.");
        }

        if (entry.DataStream is null)
        {
            return [];
        }

        var content = new byte[entry.Length];
        await entry.DataStream.ReadExactlyAsync(content, cancellationToken);
        return content;
    }

    private static ChartException Unsafe(TarEntry entry, string what) =>
        new(ChartFailure.UnsafeArchive, $"The chart archive is refused: \"{Printable(entry.Name)}\" is {what}.");

    private static string Printable(string name) =>
        new([.. name.Take(200).Select(c => char.IsControl(c) ? '?' : c)]);
}
