using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox.Admission;
using Wego.Sandbox.Apply;
using Wego.Sandbox.Json;
using Wego.Sandbox.Serving;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox.Operations;

/// <summary>Creates and changes objects: the way every write takes, whatever its verb.</summary>
internal sealed class ObjectWriter(ObjectStore store, ObjectPreparation preparation, TimeProvider clock)
{
    private const string SuffixAlphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>Now, as Kubernetes writes times: UTC with seconds.</summary>
    public string Now() => KubernetesTime.Format(clock.GetUtcNow());

    /// <summary>Creates an object.</summary>
    /// <exception cref="ApiException">400, 403, 404, 409 or 422.</exception>
    public StoredObject Create(WriteRequest request, JsonObject body)
    {
        ObjectIdentity.Check(request, body);
        var metadata = body.Metadata();
        if (metadata.Text("resourceVersion") is { Length: > 0 } and not "0")
        {
            throw new ApiException(500, "InternalError", "resourceVersion should not be set on objects to be created");
        }

        var generated = string.IsNullOrEmpty(metadata.Text("name")) && metadata.Text("generateName") is { Length: > 0 };
        if (generated)
        {
            metadata["name"] = metadata.Text("generateName") + RandomNumberGenerator.GetString(SuffixAlphabet, 5);
        }

        var name = metadata.Text("name") ?? "";
        NamespaceLifecycle.CheckCreate(store, request.GroupResource, request.Namespace, name);
        request = request with { Name = name };
        Initialize(body);
        var managed = metadata["managedFields"]?.DeepClone();
        preparation.PrepareNew(request, body);
        if (managed is JsonArray { Count: > 0 } && request.FieldManager.Length == 0)
        {
            metadata["managedFields"] = managed;
        }
        else
        {
            ManagedFieldsTracker.RecordUpdate(request, null, body, Now());
        }

        return store.Change(
            request.GroupResource,
            request.Key,
            present => present is null ? body : throw ApiErrors.AlreadyExists(request.GroupResource, name),
            request.DryRun)!;
    }

    /// <summary>Changes an object. The callback gets a copy of it and returns what the client wants it to be.</summary>
    /// <exception cref="ApiException">400, 404, 409 or 422.</exception>
    public StoredObject Update(WriteRequest request, Func<JsonObject, JsonObject> change) => store.Change(
        request.GroupResource,
        request.Key,
        present =>
        {
            if (present is null)
            {
                throw ApiErrors.NotFound(request.GroupResource, request.Name);
            }

            var wanted = change(present.ToJson());
            return Prepare(request, wanted, present, (before, after) => ManagedFieldsTracker.RecordUpdate(request, before, after, Now()));
        },
        request.DryRun)!;

    /// <summary>Server-side apply: creates the object or merges the configuration into it.</summary>
    /// <exception cref="ApiException">400, 404, 409 or 422.</exception>
    public (StoredObject Result, bool Created) Apply(WriteRequest request, JsonObject configuration, bool force)
    {
        if (string.IsNullOrEmpty(configuration.Text("kind")) || string.IsNullOrEmpty(configuration.Text("apiVersion")))
        {
            throw ApiErrors.BadRequest("an apply configuration must carry apiVersion and kind");
        }

        ObjectIdentity.Check(request, configuration);
        if (configuration.Metadata()["managedFields"] is JsonArray { Count: > 0 })
        {
            throw ApiErrors.BadRequest("metadata.managedFields must be nil");
        }

        var created = false;
        var result = store.Change(
            request.GroupResource,
            request.Key,
            present =>
            {
                if (present is null)
                {
                    return CreateByApply(request, configuration, ref created);
                }

                Preconditions.CheckUpdate(request, configuration.Metadata(), present);
                var applied = ServerSideApply.Merge(request, present.ToJson(), configuration.Copy(), force, Now());
                var managed = applied.Metadata()["managedFields"]?.DeepClone();
                return Prepare(request, applied, present, (_, after) => after.Metadata()["managedFields"] = managed);
            },
            request.DryRun)!;
        return (result, created);
    }

    private JsonObject CreateByApply(WriteRequest request, JsonObject configuration, ref bool created)
    {
        if (request.Subresource.Length > 0)
        {
            throw ApiErrors.NotFound(request.GroupResource, request.Name);
        }

        if (configuration.Metadata().Text("uid") is { Length: > 0 } uid)
        {
            throw ApiErrors.Conflict(request.GroupResource, request.Name, $"uid mismatch: the provided object specified uid {uid}, and no existing object was found");
        }

        NamespaceLifecycle.CheckCreate(store, request.GroupResource, request.Namespace, request.Name);
        var body = ServerSideApply.Merge(request, null, configuration.Copy(), force: false, Now());
        Initialize(body);
        var managed = body.Metadata()["managedFields"]?.DeepClone();
        preparation.PrepareNew(request, body);
        body.Metadata()["managedFields"] = managed;
        created = true;
        return body;
    }

    private void Initialize(JsonObject body)
    {
        var metadata = body.Metadata();
        foreach (var field in new[] { "resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "generation" })
        {
            metadata.Remove(field);
        }

        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = Now();
    }

    private JsonObject? Prepare(WriteRequest request, JsonObject wanted, StoredObject present, Action<JsonObject, JsonObject> track)
    {
        ObjectIdentity.Check(request, wanted);
        Preconditions.CheckUpdate(request, wanted.Metadata(), present);
        var before = present.ToJson();
        var after = preparation.PrepareChanged(request, wanted, before);
        track(before, after);
        return Finalization.IsComplete(after) ? null : after;
    }
}
