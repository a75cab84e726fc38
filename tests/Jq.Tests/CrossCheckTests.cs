using System.Diagnostics;
using System.Text.Json;

namespace Wego.Jq.Tests;

/// <summary>Runs the behaviour table with other implementations of the language, where they are installed (Debian packages <c>jq</c> and <c>gojq</c>).</summary>
public sealed class CrossCheckTests
{
    [Theory]
    [InlineData("gojq")]
    [InlineData("jq")]
    public async Task Table_holds_for_other_implementations(string executable)
    {
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(d => File.Exists(Path.Combine(d, executable))), $"{executable} is not installed");
        var cancellationToken = TestContext.Current.CancellationToken;
        var different = new List<string>();
        foreach (var @case in JqCase.All().Where(c => executable == "gojq" || !c.IsGojqOnly))
        {
            var actual = await RunAsync(executable, @case, cancellationToken);
            if (!actual.SequenceEqual(@case.Results, StringComparer.Ordinal))
            {
                different.Add($"{@case.Program}  {@case.Input}: {string.Join(' ', actual)}");
            }
        }

        different.ShouldBeEmpty();
    }

    private static async Task<List<string>> RunAsync(string executable, JqCase @case, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(executable, ["-c", " " + @case.Program])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            await process.StandardInput.WriteAsync(@case.Input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It refused the program and left; the exit code says so.
        }

        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await error;
        await process.WaitForExitAsync(cancellationToken);
        var results = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Sorted).ToList();
        if (process.ExitCode != 0)
        {
            results.Add("!");
        }

        return results;
    }

    // jq keeps the order of keys.
    private static string Sorted(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JqValue.Of(document.RootElement).ToString();
    }
}
