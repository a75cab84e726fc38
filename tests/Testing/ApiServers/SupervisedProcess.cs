using System.Diagnostics;

namespace Wego.Testing.ApiServers;

/// <summary>
/// A program that ends with the test process, even when that is killed: it runs under a shell that holds the read end of a pipe
/// and stops the program once the pipe closes, which the kernel does for a process that dies.
/// </summary>
public sealed class SupervisedProcess : IAsyncDisposable
{
    private const string Supervisor =
        """
        log=$1; shift
        exec 3<&0
        "$@" </dev/null 3<&- >"$log" 2>&1 &
        child=$!
        echo "$child" >"$log.pid"
        { cat <&3 >/dev/null; kill "$child" 2>/dev/null; } >/dev/null 2>&1 &
        exec 2>/dev/null
        wait "$child"
        """;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly string _log;
    private readonly string _name;

    private SupervisedProcess(Process process, string name, string log)
    {
        _process = process;
        _name = name;
        _log = log;
    }

    /// <summary>Whether the program has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts a program whose output goes to <paramref name="log"/>.</summary>
    public static SupervisedProcess Start(string log, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, UseShellExecute = false };
        foreach (var argument in (string[])["-c", Supervisor, "sh", log, program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        return new SupervisedProcess(process, Path.GetFileName(program), log);
    }

    /// <summary>Sends the program a signal, for example <c>TERM</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/sh", ["-c", "kill -s \"$1\" \"$(cat \"$2\")\"", "sh", signal, _log + ".pid"]);
        await kill.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Waits for the end of the program and gives its exit code; 128 and the signal where one ended it.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>The end of what the program wrote, for the message of a failure.</summary>
    public string Tail(int lines = 20)
    {
        var written = File.Exists(_log) ? File.ReadAllLines(_log) : [];

        // A Go program that crashes says why first and then lists all it was doing.
        var crash = Array.FindIndex(written, line => line.StartsWith("fatal error:", StringComparison.Ordinal) || line.StartsWith("panic:", StringComparison.Ordinal));
        var text = crash < 0 ? written.TakeLast(lines) : written.Skip(crash).Take(lines);
        return $"{_name} ({(HasExited ? $"exit code {_process.ExitCode}" : "running")}):\n{string.Join('\n', text)}";
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var grace = new CancellationTokenSource(Grace, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(grace.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }
}
