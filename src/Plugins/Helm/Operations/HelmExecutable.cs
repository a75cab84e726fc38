using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Helm;

/// <summary>Finds the <c>helm</c> program and makes sure of its version; asks it once for each program file.</summary>
internal sealed class HelmExecutable(IOptions<HelmOptions> options, WorkFolders folders, TimeProvider time)
{
    private const int MinMajor = 3;
    private const int MinMinor = 17;
    private readonly string _name = options.Value.Executable;
    private readonly ConcurrentDictionary<(string Path, DateTime Written, long Size), HelmProgram> _known = new();

    /// <exception cref="PackageException"><see cref="PackageErrorCode.FailedPrecondition"/>: there is none that can be used.</exception>
    public async Task<HelmProgram> FindAsync(CancellationToken cancellationToken)
    {
        var file = new FileInfo(Locate() ?? throw Unusable("there is no such program"));
        var key = (file.FullName, file.LastWriteTimeUtc, file.Length);
        if (_known.TryGetValue(key, out var known))
        {
            return known;
        }

        var program = await AskAsync(file.FullName, cancellationToken);
        _known[key] = program;
        return program;
    }

    private async Task<HelmProgram> AskAsync(string path, CancellationToken cancellationToken)
    {
        using var folder = folders.Create();
        var start = new HelmProcessStart(path, ["version", "--template", "{{.Version}}"], folder.Path, HelmEnvironment.Create(folder.Path, useProxy: false));
        HelmResult result;
        try
        {
            result = await HelmProcess.RunAsync(start, HelmTimes.Version, time, cancellationToken);
        }
        catch (HelmStartException e)
        {
            throw Unusable(e.Message);
        }

        if (result.ExitCode != 0 || !SemanticVersion.TryParse(result.Output.Trim().TrimStart('v'), out var version))
        {
            throw Unusable("it does not tell its version, so it is not Helm");
        }

        return (version.Major, version.Minor).CompareTo((MinMajor, MinMinor)) >= 0
            ? new HelmProgram(path, (int)version.Major)
            : throw Unusable($"it is Helm {version}, and {MinMajor}.{MinMinor} is the oldest that will do");
    }

    private string? Locate()
    {
        if (_name.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return File.Exists(_name) ? Path.GetFullPath(_name) : null;
        }

        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, _name))
            .FirstOrDefault(File.Exists);
    }

    private PackageException Unusable(string reason) => new(
        PackageErrorCode.FailedPrecondition,
        $"Helm packages cannot be changed here: the helm program '{_name}' cannot be used, {reason}. Install Helm {MinMajor}.{MinMinor} or newer and set {HelmOptions.Section}:{nameof(HelmOptions.Executable)} (or {HelmOptions.ExecutableKey}) to its path.");
}
