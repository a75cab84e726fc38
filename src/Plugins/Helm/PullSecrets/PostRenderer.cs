using System.Collections.Immutable;
using System.Text;

namespace Wego.Plugins.Helm;

/// <summary>
/// Lets Helm pass what it has rendered through <see cref="PullSecretInjector"/>. Helm 3 runs a program for that, Helm 4 one that a
/// plugin names; both are the same small script in the private folder, which hands the manifest to this process and waits for what
/// becomes of it. The two named pipes only tell when; what is said is in files.
/// </summary>
internal sealed class PostRenderer : IAsyncDisposable
{
    private const string Name = "wego-pull-secrets";
    private const string Folder = $"plugins/{Name}";

    // Opened for reading and writing, a pipe blocks nobody: neither this process before there is a script, nor a script after its end.
    private readonly FileStream _ask;
    private readonly FileStream _answer;
    private readonly WorkFolder _folder;
    private readonly Task _work;
    private bool _ended;
    private volatile string? _problem;

    private PostRenderer(WorkFolder folder, ImmutableArray<string> arguments, ImmutableArray<ImagePullSecret> secrets)
    {
        (_folder, Arguments) = (folder, arguments);
        (_ask, _answer) = (Open(folder, "ask"), Open(folder, "answer"));
        // A thread of its own: reading a pipe cannot be done without one that waits.
        _work = Task.Factory.StartNew(() => Answer(secrets), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>What Helm is told.</summary>
    public ImmutableArray<string> Arguments { get; }

    /// <summary>Why nothing came of it, or null. Helm 4 does not repeat what a plugin says.</summary>
    public string? Problem => _problem;

    public static async Task<PostRenderer> StartAsync(WorkFolder folder, int helmMajor, ImmutableArray<ImagePullSecret> secrets, CancellationToken cancellationToken)
    {
        var script = await folder.WriteAsync($"{Folder}/render", Script(folder.FileName(Folder)), cancellationToken, executable: true);
        if (helmMajor < 4)
        {
            return new PostRenderer(folder, ["--post-renderer", script], secrets);
        }

        var plugin = $$"""
            {
              "apiVersion": "v1", "type": "postrenderer/v1", "name": "{{Name}}", "version": "1.0.0", "runtime": "subprocess",
              "runtimeConfig": { "platformCommand": [{ "command": "{{script}}" }] }
            }
            """;
        await folder.WriteAsync($"{Folder}/plugin.yaml", plugin, cancellationToken);
        return new PostRenderer(folder, ["--post-renderer", Name], secrets);
    }

    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref _ended, true);
        _ask.Write("\n"u8);
        await _ask.FlushAsync();
        await _work;
        await _ask.DisposeAsync();
        await _answer.DisposeAsync();
    }

    private static string Script(string folder) =>
        $"""
        #!/bin/sh
        cd '{folder}' || exit 1
        cat > rendered || exit 1
        echo > ask
        read -r verdict < answer
        if [ "$verdict" = done ]; then exec cat finished; fi
        cat problem >&2
        exit 1

        """;

    private static FileStream Open(WorkFolder folder, string name)
    {
        var path = folder.FileName($"{Folder}/{name}");
        Posix.CreateNamedPipe(path);
        return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
    }

    // Helm renders hooks apart from the rest in some versions, so there may be several questions.
    private void Answer(ImmutableArray<ImagePullSecret> secrets)
    {
        while (_ask.ReadByte() >= 0 && !Volatile.Read(ref _ended))
        {
            _answer.Write(TryRender(secrets) ? "done\n"u8 : "failed\n"u8);
            _answer.Flush();
        }
    }

    private bool TryRender(ImmutableArray<ImagePullSecret> secrets)
    {
        try
        {
            var rendered = File.ReadAllText(_folder.FileName($"{Folder}/rendered"));
            File.WriteAllText(_folder.FileName($"{Folder}/finished"), PullSecretInjector.Inject(rendered, secrets), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return true;
        }
        catch (Exception e) when (e is PackageException or IOException)
        {
            _problem = $"the image pull secrets of the repository cannot be put in: {e.Message}";
            File.WriteAllText(_folder.FileName($"{Folder}/problem"), _problem);
            return false;
        }
    }
}
