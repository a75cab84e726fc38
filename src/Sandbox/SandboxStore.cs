using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox.Authentication;
using Wego.Sandbox.Authorization;
using Wego.Sandbox.Deletion;
using Wego.Sandbox.Json;
using Wego.Sandbox.Operations;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Serving;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox;

/// <summary>
/// The objects of a sandbox, for tests and for controllers that live in the same process. Everything but authentication and
/// authorization applies: validation, defaults, finalizers, garbage collection, watches. Failures are
/// <see cref="SandboxException"/>s.
/// </summary>
public sealed class SandboxStore
{
    private const string Manager = "sandbox";
    private static readonly UserInfo Self = new("system:sandbox", [RbacAuthorizer.Masters]);
    private readonly ObjectStore _store;
    private readonly ResourceRegistry _registry;
    private readonly ObjectWriter _writer;
    private readonly ObjectDeleter _deleter;

    internal SandboxStore(ObjectStore store, ResourceRegistry registry, ObjectWriter writer, ObjectDeleter deleter)
    {
        _store = store;
        _registry = registry;
        _writer = writer;
        _deleter = deleter;
    }

    /// <summary>The latest resource version.</summary>
    public string ResourceVersion => _store.ResourceVersion.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Creates an object of the kind it names; the namespace defaults to <c>default</c> for namespaced kinds.</summary>
    /// <exception cref="SandboxException">The object is refused.</exception>
    public KubernetesObject Create(JsonObject body) => Guard(() =>
    {
        var request = Describe(body);
        return _writer.Create(request, body.Copy()).As(request.ApiVersion);
    });

    /// <summary>Creates all objects of a YAML manifest.</summary>
    /// <exception cref="SandboxException">An object is refused; those before it are created.</exception>
    /// <exception cref="FormatException">The text is no manifest.</exception>
    public IReadOnlyList<KubernetesObject> CreateYaml(string yaml) => [.. YamlDocuments.Parse(yaml).Select(Create)];

    /// <summary>Server-side apply, with force, under the field manager.</summary>
    /// <exception cref="SandboxException">The object is refused.</exception>
    public KubernetesObject Apply(JsonObject configuration, string fieldManager = Manager) => Guard(() =>
    {
        var request = Describe(configuration) with { FieldManager = fieldManager };
        return _writer.Apply(request, configuration.Copy(), force: true).Result.As(request.ApiVersion);
    });

    /// <summary>The object, or null.</summary>
    public KubernetesObject? Get(GroupVersionResource resource, string @namespace, string name) =>
        _store.Get(Definition(resource).GroupResource, new ObjectKey(@namespace, name))?.As(resource.ApiVersion);

    /// <summary>The objects of a namespace, or with an empty one, of all.</summary>
    public IReadOnlyList<KubernetesObject> List(GroupVersionResource resource, string @namespace = "") =>
        [.. _store.Snapshot(Definition(resource).GroupResource).Objects.Values
            .Where(o => @namespace.Length == 0 || o.Key.Namespace == @namespace).Select(o => o.As(resource.ApiVersion))];

    /// <summary>Changes an object in one step; the callback gets a copy of it to change. The status stays as it is where it is a subresource.</summary>
    /// <exception cref="SandboxException">There is no such object, or the change is refused.</exception>
    public KubernetesObject Update(GroupVersionResource resource, string @namespace, string name, Action<JsonObject> change) =>
        Change(resource, @namespace, name, "", change);

    /// <summary>Changes an object's status in one step.</summary>
    /// <exception cref="SandboxException">There is no such object, or the change is refused.</exception>
    public KubernetesObject UpdateStatus(GroupVersionResource resource, string @namespace, string name, Action<JsonObject> change) =>
        Change(resource, @namespace, name, "status", body => change(body.Ensure("status")));

    /// <summary>Requests deletion, with background propagation.</summary>
    /// <returns>Whether there was such an object.</returns>
    /// <exception cref="SandboxException">Deletion is refused.</exception>
    public bool Delete(GroupVersionResource resource, string @namespace, string name) => Guard(() =>
    {
        var request = Describe(resource, @namespace, name);
        if (_store.Get(request.GroupResource, request.Key) is null)
        {
            return false;
        }

        _deleter.Delete(request, DeletionOptions.Background);
        return true;
    });

    /// <summary>All present objects as added, and then every change, until cancelled. Losing the history begins again with all objects.</summary>
    public async IAsyncEnumerable<(WatchEventType Type, KubernetesObject Object)> WatchAsync(
        GroupVersionResource resource, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var key = Definition(resource).GroupResource;
        while (true)
        {
            var (position, objects) = _store.Snapshot(key);
            foreach (var item in objects.Values)
            {
                yield return (WatchEventType.Added, item.As(resource.ApiVersion));
            }

            while (Changes(key, ref position, out var changes, out var more))
            {
                foreach (var change in changes)
                {
                    yield return (Type(change.Type), change.Current.As(resource.ApiVersion));
                }

                await more.WaitAsync(cancellationToken);
            }
        }
    }

    private bool Changes(GroupResource resource, ref long position, out List<StoreChange> changes, out Task more)
    {
        try
        {
            (changes, position, more) = _store.ChangesAfter(resource, position);
            return true;
        }
        catch (HistoryExpiredException)
        {
            (changes, more) = ([], Task.CompletedTask);
            return false;
        }
    }

    private static WatchEventType Type(ChangeType type) => type switch
    {
        ChangeType.Added => WatchEventType.Added,
        ChangeType.Modified => WatchEventType.Modified,
        _ => WatchEventType.Deleted,
    };

    private static T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (ApiException e)
        {
            throw new SandboxException(e.Code, e.Reason, e.Message, e);
        }
    }

    private KubernetesObject Change(GroupVersionResource resource, string @namespace, string name, string subresource, Action<JsonObject> change) => Guard(() =>
    {
        var request = Describe(resource, @namespace, name) with { Subresource = subresource };
        var updated = _writer.Update(request, present =>
        {
            var copy = present.Copy();
            copy["apiVersion"] = resource.ApiVersion;
            change(copy);
            return copy;
        });
        return updated.As(resource.ApiVersion);
    });

    private ResourceDefinition Definition(GroupVersionResource resource) =>
        _registry.Find(resource.Group, resource.Version, resource.Resource)
        ?? throw new SandboxException(404, "NotFound", $"the sandbox serves no {resource}; create its CustomResourceDefinition first", null);

    private WriteRequest Describe(GroupVersionResource resource, string @namespace, string name)
    {
        var definition = Definition(resource);
        return new WriteRequest { Resource = definition, Version = definition.Version(resource.Version)!, Namespace = @namespace, Name = name, FieldManager = Manager, User = Self };
    }

    private WriteRequest Describe(JsonObject body)
    {
        var apiVersion = body.Text("apiVersion") ?? "";
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var (group, version) = slash < 0 ? ("", apiVersion) : (apiVersion[..slash], apiVersion[(slash + 1)..]);
        var kind = body.Text("kind") ?? "";
        var definition = _registry.FindKind(group, kind);
        if (definition?.Version(version) is not { } served)
        {
            throw new SandboxException(404, "NotFound", $"the sandbox serves no kind \"{kind}\" in \"{apiVersion}\"; create its CustomResourceDefinition first", null);
        }

        var metadata = body.Metadata();
        return new WriteRequest
        {
            Resource = definition,
            Version = served,
            Namespace = definition.Namespaced ? metadata.Text("namespace") ?? "default" : "",
            Name = metadata.Text("name") ?? "",
            FieldManager = Manager,
            User = Self,
        };
    }
}
