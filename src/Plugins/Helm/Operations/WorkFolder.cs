using System.Text;

namespace Wego.Plugins.Helm;

/// <summary>A folder that only Wego may look into, for one operation; disposing it removes it with all that is in it.</summary>
internal sealed class WorkFolder(string path) : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Path => path;

    /// <summary>Where a file of this name is or will be.</summary>
    public string FileName(string name) => System.IO.Path.Combine(path, name);

    /// <summary>Writes a file that only its owner may read, and execute where asked to.</summary>
    public async Task<string> WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken, bool executable = false)
    {
        var file = FileName(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = executable ? OwnerOnly | UnixFileMode.UserExecute : OwnerOnly,
        };
        await using var stream = new FileStream(file, options);
        await stream.WriteAsync(content, cancellationToken);
        return file;
    }

    /// <inheritdoc cref="WriteAsync(string, ReadOnlyMemory{byte}, CancellationToken, bool)"/>
    public Task<string> WriteAsync(string name, string content, CancellationToken cancellationToken, bool executable = false) =>
        WriteAsync(name, Encoding.UTF8.GetBytes(content), cancellationToken, executable);

    public void Dispose() => Directory.Delete(path, recursive: true);
}
