using System.Diagnostics;

namespace Wego.Perf.Catalogue;

/// <summary>Finds and unpacks the index to measure.</summary>
internal static class IndexFile
{
    /// <summary>A real index of the shared test data, above the working directory or in <c>WEGO_SHARED</c>; null where it is absent.</summary>
    public static string? Find(string name)
    {
        var folders = new List<string>();
        if (Environment.GetEnvironmentVariable("WEGO_SHARED") is { Length: > 0 } shared)
        {
            folders.Add(shared);
        }

        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            folders.Add(Path.Combine(folder.FullName, "shared"));
        }

        return folders.Select(folder => Path.Combine(folder, "data", name)).FirstOrDefault(File.Exists);
    }

    public static async Task<byte[]> ReadAsync(string path)
    {
        if (!path.EndsWith(".xz", StringComparison.Ordinal))
        {
            return await File.ReadAllBytesAsync(path);
        }

        using var xz = Process.Start(new ProcessStartInfo("xz") { ArgumentList = { "-dc", path }, RedirectStandardOutput = true, UseShellExecute = false })
            ?? throw new InvalidOperationException("xz did not start.");
        using var content = new MemoryStream();
        await xz.StandardOutput.BaseStream.CopyToAsync(content);
        await xz.WaitForExitAsync();
        return xz.ExitCode == 0 ? content.ToArray() : throw new InvalidOperationException($"xz could not unpack {path}.");
    }
}
