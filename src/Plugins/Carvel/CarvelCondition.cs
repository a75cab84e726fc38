using Wego.Kubernetes;

namespace Wego.Plugins.Carvel;

/// <summary>The condition that tells the state of an object of kapp-controller: the first one.</summary>
internal sealed record CarvelCondition(string Type, string Message)
{
    public const string ReconcileSucceeded = "ReconcileSucceeded";
    public const string ReconcileFailed = "ReconcileFailed";
    public const string ValuesSchemaCheckFailed = "ValuesSchemaCheckFailed";
    public const string Reconciling = "Reconciling";
    public const string Deleting = "Deleting";
    public const string DeleteFailed = "DeleteFailed";

    /// <summary>The condition, or null where the controller has not looked at the object yet.</summary>
    public static CarvelCondition? Of(KubernetesObject obj)
    {
        var first = obj.Find("status", "conditions").Items().FirstOrDefault();
        return first.Text("type") is { Length: > 0 } type ? new CarvelCondition(type, first.Text("message")) : null;
    }
}
