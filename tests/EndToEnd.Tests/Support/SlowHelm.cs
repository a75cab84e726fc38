namespace Wego.EndToEnd;

/// <summary>A program in the place of Helm, which tells when it has begun to install and ends when the test says so.</summary>
internal sealed class SlowHelm : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wego-slow-helm-");

    public SlowHelm()
    {
        // Opening a named pipe waits for the other side: no polling, no sleeping.
        File.WriteAllText(Executable, $"""
            #!/bin/sh
            case "$1" in
              version) echo v3.17.2 ;;
              install)
                trap 'echo told to end >"{_folder.FullName}/outcome"; exit 1' TERM
                echo begun >"{_folder.FullName}/begun"
                read -r word <"{_folder.FullName}/end"
                echo "$word" >"{_folder.FullName}/outcome" ;;
            esac
            """);
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("It is a shell script.");
        }

        File.SetUnixFileMode(Executable, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var pipe in (string[])["begun", "end"])
        {
            using var mkfifo = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(_folder.FullName, pipe)]);
            mkfifo.WaitForExit();
        }
    }

    public string Executable => Path.Combine(_folder.FullName, "helm");

    /// <summary>What became of it: what the test said, or that it was told to end.</summary>
    public string Outcome => File.ReadAllText(Path.Combine(_folder.FullName, "outcome")).Trim();

    /// <summary>Waits until an installation has begun.</summary>
    public async Task BegunAsync() =>
        (await Task.Run(() => File.ReadAllText(Path.Combine(_folder.FullName, "begun")), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)).ShouldBe("begun\n");

    /// <summary>Lets it end.</summary>
    public Task EndAsync(string word) => File.WriteAllTextAsync(Path.Combine(_folder.FullName, "end"), word + "\n", TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Delete(recursive: true);
}
