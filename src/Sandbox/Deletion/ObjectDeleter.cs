using System.Text.Json.Nodes;
using Wego.Sandbox.Admission;
using Wego.Sandbox.Json;
using Wego.Sandbox.Operations;
using Wego.Sandbox.Serving;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox.Deletion;

/// <summary>Deletes objects, or marks them where a finalizer holds them.</summary>
internal sealed class ObjectDeleter(ObjectStore store, ObjectWriter writer)
{
    public const string ForegroundFinalizer = "foregroundDeletion";
    public const string OrphanFinalizer = "orphan";

    /// <returns>The last state of the object, and whether it was deleted at once rather than marked.</returns>
    /// <exception cref="ApiException">403, 404 or 409.</exception>
    public (StoredObject Last, bool Gone) Delete(WriteRequest request, DeletionOptions options)
    {
        NamespaceLifecycle.CheckDelete(request.GroupResource, request.Name);
        var gone = true;
        var last = store.Change(
            request.GroupResource,
            request.Key,
            present =>
            {
                if (present is null)
                {
                    throw ApiErrors.NotFound(request.GroupResource, request.Name);
                }

                Preconditions.CheckDelete(request, options.Preconditions, present);
                var body = present.ToJson();
                var metadata = body.Metadata();
                if (!present.Content.IsDeleting)
                {
                    SetPropagationFinalizer(metadata, options.Propagation);
                }

                if (!Finalization.IsHeld(body))
                {
                    return null;
                }

                gone = false;
                if (!present.Content.IsDeleting)
                {
                    MarkDeleting(body);
                }

                return body;
            },
            options.DryRun)!;
        return (last, gone);
    }

    private static void SetPropagationFinalizer(JsonObject metadata, PropagationPolicy propagation)
    {
        var finalizers = metadata.Strings("finalizers").Where(f => f is not (ForegroundFinalizer or OrphanFinalizer)).ToList();
        switch (propagation)
        {
            case PropagationPolicy.Foreground:
                finalizers.Add(ForegroundFinalizer);
                break;
            case PropagationPolicy.Orphan:
                finalizers.Add(OrphanFinalizer);
                break;
        }

        if (finalizers.Count > 0)
        {
            metadata["finalizers"] = finalizers.ToJsonArray();
        }
        else
        {
            metadata.Remove("finalizers");
        }
    }

    private void MarkDeleting(JsonObject body)
    {
        var metadata = body.Metadata();
        metadata["deletionTimestamp"] = writer.Now();
        metadata["deletionGracePeriodSeconds"] = 0;
        if (metadata.Integer("generation") is { } generation)
        {
            metadata["generation"] = generation + 1;
        }

        if (body.Text("kind") is "Namespace" && body.Text("apiVersion") is "v1")
        {
            body.Ensure("status")["phase"] = "Terminating";
        }
    }
}
