using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Wego.Plugins.Helm;

/// <summary>
/// The private folders of the operations, below one that is locked while this process lives. At start, what processes left behind
/// that did not end in order is removed: there are tokens in it.
/// </summary>
internal sealed partial class WorkFolders(ILogger<WorkFolders> logger) : IHostedService, IDisposable
{
    /// <summary>What the folders of processes begin with.</summary>
    public const string Prefix = "wego-helm-";

    private const string LockFile = "lock";

    private readonly Lock _gate = new();
    private string? _root;
    private FileStream? _lock;
    private int _count;
    private bool _disposed;

    /// <summary>Where the folders of processes are; a test has its own.</summary>
    public string Parent { get; init; } = Path.GetTempPath();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        RemoveLeftovers();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A new folder.</summary>
    public WorkFolder Create()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_root is null)
            {
                // Created with mode 0700.
                _root = Path.Combine(Parent, Prefix + Guid.NewGuid().ToString("N"));
                Directory.CreateDirectory(_root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                _lock = new FileStream(Path.Combine(_root, LockFile), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
            }

            var path = Path.Combine(_root, (++_count).ToString(CultureInfo.InvariantCulture));
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return new WorkFolder(path);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _lock?.Dispose();
            if (_root is not null)
            {
                Directory.Delete(_root, recursive: true);
                _root = null;
            }
        }
    }

    private void RemoveLeftovers()
    {
        foreach (var folder in Directory.EnumerateDirectories(Parent, Prefix + "*"))
        {
            try
            {
                if (new DirectoryInfo(folder).LinkTarget is not null || !File.Exists(Path.Combine(folder, LockFile)))
                {
                    continue;
                }

                // Fails while the process that created it lives.
                using (new FileStream(Path.Combine(folder, LockFile), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                    Directory.Delete(folder, recursive: true);
                }

                LogRemoved(logger, folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // In use, or somebody else's.
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Folder}, which a Wego that did not end in order had left behind.")]
    private static partial void LogRemoved(ILogger logger, string folder);
}
