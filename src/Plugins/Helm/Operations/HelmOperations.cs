using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Helm;

/// <summary>Installs, changes and removes releases with the <c>helm</c> program, one process each.</summary>
internal sealed class HelmOperations(
    IOptions<HelmOptions> options,
    IKubernetesClients clusters,
    IChartArchiveSource archives,
    HelmExecutable executable,
    WorkFolders folders,
    ReleaseFinder releases,
    TimeProvider time)
{
    private const string VersionField = "pkg_version_reference.version";

    private readonly HelmOptions _options = options.Value;

    /// <summary>Installs. What an installation that failed leaves behind is removed.</summary>
    public async Task InstallAsync(CreateInstalledPackage request, PluginCall call, CancellationToken cancellationToken)
    {
        Check(request.Ref, request.Values);
        var what = $"install package {request.Ref.Namespace}/{request.Ref.Name}";
        using var session = await OpenAsync(request.Ref, call, cancellationToken);
        await RequireAbsentAsync(request.Ref, call, cancellationToken);
        var chart = await FetchAsync(request.Archive, call, cancellationToken);
        var result = await session.RunAsync(await InstallCommandAsync(session, request.Ref, request.Archive!, request.Values, chart, cancellationToken), cancellationToken);
        if (result.ExitCode == 0)
        {
            return;
        }

        var error = HelmErrors.Translate(what, result);
        // Killed from outside, the release is left as it is: somebody may want to look at it. Somebody else's is not ours to remove.
        if (result.Signal > 0 || error.Code is PackageErrorCode.AlreadyExists or PackageErrorCode.Aborted)
        {
            throw error;
        }

        throw await RemoveFailedAsync(session, request.Ref, call, error, cancellationToken);
    }

    /// <summary>Changes version and values; the values replace the present ones.</summary>
    public async Task UpgradeAsync(UpdateInstalledPackage request, PluginCall call, CancellationToken cancellationToken)
    {
        Check(request.Ref, request.Values);
        using var session = await OpenAsync(request.Ref, call, cancellationToken);
        var found = await releases.RequireAsync(request.Ref, call, cancellationToken);
        var chart = await FetchAsync(request.Archive, call, cancellationToken);
        var command = await UpgradeCommandAsync(session, found, request.Ref, request.Archive!, request.Values, chart, cancellationToken);
        Require(await session.RunAsync(command, cancellationToken), "upgrade", request.Ref, found);
    }

    /// <summary>Goes back to a revision; 0: the one before.</summary>
    public async Task RollbackAsync(InstalledPackageRef package, long revision, PluginCall call, CancellationToken cancellationToken)
    {
        RequireRevision(revision);
        using var session = await OpenAsync(package, call, cancellationToken);
        var found = await releases.RequireAsync(package, call, cancellationToken);
        var command = new HelmCommand(["rollback", package.Name, revision.ToString(CultureInfo.InvariantCulture), .. Timeout, .. History], found.Storage);
        Require(await session.RunAsync(command, cancellationToken), "roll back", package, found);
    }

    /// <summary>Uninstalls and forgets the history.</summary>
    public async Task UninstallAsync(InstalledPackageRef package, PluginCall call, CancellationToken cancellationToken)
    {
        using var session = await OpenAsync(package, call, cancellationToken);
        var found = await releases.RequireAsync(package, call, cancellationToken);
        Require(await session.RunAsync(UninstallCommand(package, found.Storage), cancellationToken), "delete", package, found);
    }

    /// <summary>What Helm would store as the release, as JSON, without anything being changed.</summary>
    public async Task<string> TryAsync(PackagePreviewRequest request, PluginCall call, CancellationToken cancellationToken)
    {
        Check(request.Ref, request.Values);
        using var session = await OpenAsync(request.Ref, call, cancellationToken);
        HelmCommand command;
        if (request.Operation == PackageOperation.Create)
        {
            await RequireAbsentAsync(request.Ref, call, cancellationToken);
            var chart = await FetchAsync(request.Archive, call, cancellationToken);
            command = await InstallCommandAsync(session, request.Ref, request.Archive!, request.Values, chart, cancellationToken);
        }
        else
        {
            var found = await releases.RequireAsync(request.Ref, call, cancellationToken);
            var chart = await FetchAsync(request.Archive, call, cancellationToken);
            command = await UpgradeCommandAsync(session, found, request.Ref, request.Archive!, request.Values, chart, cancellationToken);
        }

        command = command with { Arguments = [.. command.Arguments, "--dry-run=server", "--output", "json"], MaxOutputBytes = StoredReleaseReader.MaxBytes };
        var result = await session.RunAsync(command, cancellationToken);
        return result.ExitCode == 0 && !result.OutputWasCut
            ? result.Output
            : throw HelmErrors.Translate($"try a change of package {request.Ref.Namespace}/{request.Ref.Name}", result);
    }

    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/>: no revision has this number.</exception>
    public static void RequireRevision(long revision)
    {
        if (revision is < 0 or > int.MaxValue)
        {
            throw PackageException.InvalidField("release_revision", $"{revision} is no revision: give one of the package's history, or 0 for the one before.");
        }
    }

    private ImmutableArray<string> Timeout => ["--timeout", $"{_options.TimeoutSeconds}s"];

    private ImmutableArray<string> History => ["--history-max", _options.HistoryMax.ToString(CultureInfo.InvariantCulture)];

    private static void Check(InstalledPackageRef package, string values)
    {
        ObjectNames.RequireRelease("name", package.Name);
        ObjectNames.RequireNamespace("target_context.namespace", package.Namespace);
        _ = PackageValues.Parse(values);
    }

    private async Task<HelmSession> OpenAsync(InstalledPackageRef package, PluginCall call, CancellationToken cancellationToken) =>
        await HelmSession.OpenAsync(folders, await executable.FindAsync(cancellationToken), _options, time, call, package.Namespace, cancellationToken);

    private async Task RequireAbsentAsync(InstalledPackageRef package, PluginCall call, CancellationToken cancellationToken)
    {
        if (await releases.FindAsync(package, call, cancellationToken) is not { } found)
        {
            return;
        }

        throw new PackageException(
            PackageErrorCode.AlreadyExists,
            $"name: the release '{package.Name}' already exists in namespace '{package.Namespace}' ({found.Status})."
            + (HelmStatus.IsPending(found.Status) ? $" {Remedies.Interrupted(found.Status)}" : " Choose another name, or upgrade it."));
    }

    private Task<ChartArchive> FetchAsync(PackageArchive? archive, PluginCall call, CancellationToken cancellationToken) => archive is null
        ? throw PackageException.InvalidField(VersionField, "give the exact version to install.")
        : archives.FetchAsync(archive, call with { Client = clusters.Get(archive.Package.Repository.Cluster) }, cancellationToken);

    private async Task<HelmCommand> InstallCommandAsync(
        HelmSession session, InstalledPackageRef package, PackageArchive archive, string values, ChartArchive chart, CancellationToken cancellationToken)
    {
        var files = await WriteAsync(session, values, chart, cancellationToken);
        var labels = SourceLabels.Write(archive.Package).Where(l => l.Value is not null);
        return new HelmCommand(["install", package.Name, .. files, .. Labels(labels), .. Timeout], releases.Default) { PullSecrets = chart.PullSecrets };
    }

    private async Task<HelmCommand> UpgradeCommandAsync(
        HelmSession session, FoundRelease found, InstalledPackageRef package, PackageArchive archive, string values, ChartArchive chart, CancellationToken cancellationToken)
    {
        var files = await WriteAsync(session, values, chart, cancellationToken);
        return new HelmCommand(
            ["upgrade", package.Name, .. files, "--reset-values", .. Labels(SourceLabels.Write(archive.Package)), .. Timeout, .. History],
            found.Storage)
        { PullSecrets = chart.PullSecrets };
    }

    private HelmCommand UninstallCommand(InstalledPackageRef package, HelmStorage storage) => new(["uninstall", package.Name, .. Timeout], storage);

    private static async Task<ImmutableArray<string>> WriteAsync(HelmSession session, string values, ChartArchive chart, CancellationToken cancellationToken) =>
    [
        await session.WriteAsync("chart.tgz", chart.Content, cancellationToken),
        "--values",
        await session.WriteAsync("values.yaml", Encoding.UTF8.GetBytes(values), cancellationToken),
    ];

    // To Helm, the value null takes a label away.
    private static ImmutableArray<string> Labels(IEnumerable<KeyValuePair<string, string?>> labels) =>
        string.Join(',', labels.Select(l => $"{l.Key}={l.Value ?? "null"}")) is { Length: > 0 } text ? ["--labels", text] : [];

    private static void Require(HelmResult result, string verb, InstalledPackageRef package, FoundRelease found)
    {
        if (result.ExitCode == 0)
        {
            return;
        }

        var error = HelmErrors.Translate($"{verb} package {package.Namespace}/{package.Name}", result);
        throw error.Code == PackageErrorCode.Aborted && result.Signal == 0
            ? new PackageException(error.Code, $"{error.Message}. {Remedies.Interrupted(found.Status)}", error)
            : error;
    }

    private async Task<PackageException> RemoveFailedAsync(
        HelmSession session, InstalledPackageRef package, PluginCall call, PackageException error, CancellationToken cancellationToken)
    {
        try
        {
            if (await releases.FindAsync(package, call, cancellationToken) is not { } left)
            {
                return error;
            }

            var result = await session.RunAsync(UninstallCommand(package, left.Storage), cancellationToken);
            return result.ExitCode == 0 ? error : NotRemoved(HelmErrors.Translate("remove it", result).Message);
        }
        catch (KubernetesException e)
        {
            return NotRemoved(e.Message);
        }

        PackageException NotRemoved(string reason) =>
            new(error.Code, $"{error.Message}. What was installed up to then is still there; delete the package. {reason}", error);
    }
}
