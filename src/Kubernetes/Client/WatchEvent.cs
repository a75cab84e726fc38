namespace Wego.Kubernetes;

/// <summary>One event of a watch.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object after the change; of a bookmark only the resource version counts.</param>
public sealed record WatchEvent(WatchEventType Type, KubernetesObject Object);
