namespace Wego.Kubernetes;

/// <summary>The type of a watch event.</summary>
public enum WatchEventType
{
    /// <summary>The object is new.</summary>
    Added,

    /// <summary>The object changed.</summary>
    Modified,

    /// <summary>The object is gone; the event carries its last state.</summary>
    Deleted,

    /// <summary>Nothing changed; the event carries a newer resource version to resume from.</summary>
    Bookmark,
}
