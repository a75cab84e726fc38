using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Operations;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Serving;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox.CustomResources;

/// <summary>Serves a custom resource as soon as its definition is stored, and removes its objects with it.</summary>
internal sealed class CustomResourceDefinitions(ObjectStore store, ResourceRegistry registry, TimeProvider clock) : IStoreReactor, IObjectCheck
{
    public static readonly GroupResource Resource = new("apiextensions.k8s.io", "customresourcedefinitions");

    /// <summary>Holds a definition until its objects are gone.</summary>
    private const string CleanupFinalizer = "customresourcecleanup.apiextensions.k8s.io";

    public void React(StoreChange change)
    {
        if (change.Resource == Resource)
        {
            if (change.Type == ChangeType.Deleted)
            {
                registry.Remove(Target(change.Current));
                store.Wake(Target(change.Current));
            }
            else
            {
                Serve(change.Current);
            }
        }
        else if (change.Type == ChangeType.Deleted && registry.Find(change.Resource) is { IsCustom: true } custom
            && store.Get(Resource, new ObjectKey("", $"{custom.Resource}.{custom.Group}")) is { Content.IsDeleting: true } definition)
        {
            Release(definition);
        }
    }

    public IEnumerable<FieldError> Check(WriteRequest request, JsonObject body, JsonObject? before) =>
        request.GroupResource == Resource ? CustomResourceValidation.Validate(body, before, registry) : [];

    private void Serve(StoredObject definition)
    {
        registry.Register(CustomResourceReader.Read(definition.ToJson()));
        if (definition.Content.IsDeleting)
        {
            foreach (var item in store.Snapshot(Target(definition)).Objects.Values.Where(i => !i.Content.IsDeleting))
            {
                store.Change(Target(definition), item.Key, present => present is null ? null : MarkDeleted(present));
            }

            Release(definition);
            return;
        }

        store.Change(Resource, definition.Key, present =>
        {
            var body = present?.ToJson();
            if (body is not null)
            {
                Accept(body);
            }

            return body;
        });
    }

    private JsonObject? MarkDeleted(StoredObject present)
    {
        var body = present.ToJson();
        if (!Finalization.IsHeld(body))
        {
            return null;
        }

        body.Metadata()["deletionTimestamp"] = KubernetesTime.Format(clock.GetUtcNow());
        body.Metadata()["deletionGracePeriodSeconds"] = 0;
        return body;
    }

    private void Release(StoredObject definition)
    {
        if (!store.Snapshot(Target(definition)).Objects.IsEmpty)
        {
            return;
        }

        store.Change(Resource, definition.Key, present =>
        {
            var body = present?.ToJson();
            if (body is null)
            {
                return null;
            }

            body.Metadata()["finalizers"] = body.Metadata().Strings("finalizers").Where(f => f is not CleanupFinalizer).ToJsonArray();
            return Finalization.IsComplete(body) ? null : body;
        });
    }

    private void Accept(JsonObject body)
    {
        var names = body.Ensure("spec").Ensure("names");
        names.Default("singular", names.Text("kind")?.ToLowerInvariant());
        names.Default("listKind", $"{names.Text("kind")}List");
        body.Ensure("spec").Default("conversion", new JsonObject { ["strategy"] = "None" });
        var status = body.Ensure("status");
        status["acceptedNames"] = body.Object("spec").Object("names")?.DeepClone();
        var stored = (body.Object("spec").Array("versions") ?? []).Where(v => v.Flag("storage")).Select(v => v.Text("name") ?? "");
        status["storedVersions"] = status.Strings("storedVersions").Union(stored, StringComparer.Ordinal).ToJsonArray();
        if (status.Array("conditions") is not { Count: > 0 })
        {
            status["conditions"] = new JsonArray(
                Condition("NamesAccepted", "NoConflicts", "no conflicts found"),
                Condition("Established", "InitialNamesAccepted", "the initial names have been accepted"));
        }

        var finalizers = body.Metadata().Strings("finalizers").ToList();
        if (!finalizers.Contains(CleanupFinalizer))
        {
            finalizers.Add(CleanupFinalizer);
            body.Metadata()["finalizers"] = finalizers.ToJsonArray();
        }
    }

    private JsonObject Condition(string type, string reason, string message) => new()
    {
        ["lastTransitionTime"] = KubernetesTime.Format(clock.GetUtcNow()),
        ["message"] = message,
        ["reason"] = reason,
        ["status"] = "True",
        ["type"] = type,
    };

    private static GroupResource Target(StoredObject definition) =>
        new(definition.Content.Text("spec", "group"), definition.Content.Text("spec", "names", "plural"));
}
