using System.Text;
using System.Text.Json;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Helm;

/// <summary>
/// Tells what an operation would change, against what Helm installed last. Installing and upgrading are tried by Helm on the server;
/// going back and deleting need no <c>helm</c> program.
/// </summary>
internal sealed class HelmPreviews(HelmOperations operations, ReleaseFinder releases)
{
    private readonly StoredReleaseReader _reader = new();

    public async Task<PackagePreview> PreviewAsync(PackagePreviewRequest request, PluginCall call, CancellationToken cancellationToken)
    {
        switch (request.Operation)
        {
            case PackageOperation.Create:
                return Show(request.Ref, null, await TryAsync(request, call, cancellationToken));
            case PackageOperation.Update:
                var tried = await TryAsync(request, call, cancellationToken);
                return Show(request.Ref, await ReadAsync(request.Ref, null, call, cancellationToken), tried);
            case PackageOperation.Rollback:
                HelmOperations.RequireRevision(request.Revision);
                var present = await ReadAsync(request.Ref, null, call, cancellationToken);
                return Show(request.Ref, present, await ReadAsync(request.Ref, request.Revision, call, cancellationToken));
            default:
                return Show(request.Ref, await ReadAsync(request.Ref, null, call, cancellationToken), null);
        }
    }

    private static PackagePreview Show(InstalledPackageRef package, StoredRelease? before, StoredRelease? after)
    {
        var manifest = string.Concat(PreviewObject.Of(after?.Manifest ?? "", package.Namespace).Select(o => "---\n" + o.Show()));
        return new PackagePreview(manifest, after?.Notes ?? "", ManifestDiff.Compare(before?.Manifest ?? "", after?.Manifest ?? "", package.Namespace));
    }

    private async Task<StoredRelease> TryAsync(PackagePreviewRequest request, PluginCall call, CancellationToken cancellationToken)
    {
        var json = await operations.TryAsync(request, call, cancellationToken);
        try
        {
            return _reader.Read(Encoding.UTF8.GetBytes(json));
        }
        catch (JsonException e)
        {
            throw new PackageException(PackageErrorCode.FailedPrecondition, "Helm did not tell in JSON what it would do; is it a version that Wego knows?", e);
        }
    }

    /// <summary>A revision: null for the newest, 0 for the one before that.</summary>
    private async Task<StoredRelease> ReadAsync(InstalledPackageRef package, long? revision, PluginCall call, CancellationToken cancellationToken)
    {
        var objects = await releases.ReadAsync(package, call, cancellationToken);
        var (newest, stored) = InstalledRelease.Newest(package, objects);
        if (revision is null)
        {
            return _reader.Read(newest);
        }

        var wanted = revision is 0 ? stored.Revision - 1 : revision;
        var found = objects.FirstOrDefault(o => StoredReleaseObject.Read(o)?.Revision == wanted);
        return found is not null
            ? _reader.Read(found)
            : throw new PackageException(PackageErrorCode.NotFound, $"release_revision: the history of '{package.Name}' has no revision {wanted}.");
    }
}
