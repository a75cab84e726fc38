using System.Text.Json.Nodes;
using Wego.Sandbox.Serving;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox.Admission;

/// <summary>Objects are created only in namespaces that exist and are not being deleted; the namespaces every cluster needs stay.</summary>
internal static class NamespaceLifecycle
{
    public static readonly GroupResource Namespaces = new("", "namespaces");

    private static readonly string[] Immortal = ["default", "kube-system", "kube-public"];

    /// <exception cref="ApiException">404 or 403.</exception>
    public static void CheckCreate(ObjectStore store, GroupResource resource, string @namespace, string name)
    {
        if (@namespace.Length == 0)
        {
            return;
        }

        var found = store.Get(Namespaces, new ObjectKey("", @namespace)) ?? throw ApiErrors.NotFound(Namespaces, @namespace);
        if (found.Content.IsDeleting)
        {
            var refused = ApiErrors.Forbidden(resource, name, $"unable to create new content in namespace {@namespace} because it is being terminated");
            refused.Details!["causes"] = new JsonArray(new JsonObject
            {
                ["reason"] = "NamespaceTerminating",
                ["message"] = $"namespace {@namespace} is being terminated",
                ["field"] = "metadata.namespace",
            });
            throw refused;
        }
    }

    /// <exception cref="ApiException">403.</exception>
    public static void CheckDelete(GroupResource resource, string name)
    {
        if (resource == Namespaces && Immortal.Contains(name))
        {
            throw ApiErrors.Forbidden(resource, name, "this namespace may not be deleted");
        }
    }
}
