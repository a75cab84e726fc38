using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Wego.Chart.Tests;

/// <summary>A run of the <c>helm</c> program.</summary>
/// <param name="ExitCode">0 where it succeeded.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
internal sealed partial record Helm(int ExitCode, string Output, string Error)
{
    /// <summary>Renders the chart.</summary>
    /// <returns>The manifest. Helm 3 and 4 differ in empty lines between documents, which are taken out.</returns>
    public static async Task<string> TemplateAsync(string program, params string[] arguments)
    {
        var run = await RunAsync(program, ["template", "wego", WegoChart.Folder, "--namespace", "wego-system", .. arguments]);
        run.ExitCode.ShouldBe(0, run.Error);
        return BetweenDocuments().Replace(run.Output, "\n---\n").TrimEnd('\n') + "\n";
    }

    public static async Task<Helm> RunAsync(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardInput.Close();
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new Helm(process.ExitCode, await output, await error);
    }

    [GeneratedRegex("\n+---\n", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex BetweenDocuments();
}
