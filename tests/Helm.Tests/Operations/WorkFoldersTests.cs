using Microsoft.Extensions.Logging;
using Wego.Plugins.Helm;

namespace Wego.Helm.Tests.Operations;

public sealed class WorkFoldersTests : IDisposable
{
    private readonly TestLog _log = new();
    private readonly string _parent = Directory.CreateTempSubdirectory("wego-helm-tests-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_process_left_behind_is_removed_at_start_and_nothing_else()
    {
        using var living = Folders();
        using var inUse = living.Create();
        await inUse.WriteAsync("kubeconfig", "token", Cancellation);
        var dead = Directory.CreateDirectory(Path.Combine(_parent, WorkFolders.Prefix + "dead")).FullName;
        await File.WriteAllTextAsync(Path.Combine(dead, "lock"), "", Cancellation);
        Directory.CreateDirectory(Path.Combine(dead, "1"));
        await File.WriteAllTextAsync(Path.Combine(dead, "1", "kubeconfig"), "token", Cancellation);
        var foreign = Directory.CreateDirectory(Path.Combine(_parent, WorkFolders.Prefix + "without-lock")).FullName;
        var link = Path.Combine(_parent, WorkFolders.Prefix + "link");
        Directory.CreateSymbolicLink(link, inUse.Path);

        using var started = Folders();
        await started.StartAsync(Cancellation);

        Directory.Exists(dead).ShouldBeFalse();
        File.Exists(inUse.FileName("kubeconfig")).ShouldBeTrue();
        Directory.Exists(foreign).ShouldBeTrue();
        Directory.Exists(link).ShouldBeTrue();
        _log.Entries.ShouldHaveSingleItem().Message.ShouldContain("dead");
    }

    [Fact]
    public async Task Folders_and_files_are_their_owners_only()
    {
        using var folders = Folders();
        using var folder = folders.Create();
        var file = await folder.WriteAsync("plugins/a/plugin.yaml", "content", Cancellation);

        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        for (var above = folder.Path; above != _parent; above = Path.GetDirectoryName(above)!)
        {
            File.GetUnixFileMode(above).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public void Dispose()
    {
        Directory.Delete(_parent, recursive: true);
        _log.Dispose();
    }

    private WorkFolders Folders() => new(new Logger<WorkFolders>(_log)) { Parent = _parent };
}
