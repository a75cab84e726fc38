using Wego.Kubernetes;
using Wego.Packages.V1;
using Wego.Plugins;
using ResourceChange = Wego.Packages.V1.ResourceChange;

namespace Wego.Frontend;

/// <summary>Previews and histories, from the model to the wire.</summary>
internal static class RevisionMessages
{
    public static PreviewInstalledPackageResponse ToMessage(this PackagePreview preview)
    {
        var message = new PreviewInstalledPackageResponse { Manifest = preview.Manifest, PostInstallationNotes = preview.Notes };
        message.Changes.Add(preview.Changes.Select(c => new ResourceChange
        {
            ResourceRef = c.Resource.ToMessage(),
            Type = (ResourceChange.Types.Type)c.Type,
            Diff = c.Diff,
        }));
        return message;
    }

    public static InstalledPackageRevision ToMessage(this PackageRevision revision) => new()
    {
        Revision = revision.Revision,
        Version = revision.Version?.ToMessage(),
        Status = revision.Status.ToMessage(),
        Description = revision.Description,
        DeployedAt = revision.DeployedAt is { } deployed ? KubernetesTime.Format(deployed) : "",
    };
}
