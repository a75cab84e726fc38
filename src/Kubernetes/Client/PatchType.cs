namespace Wego.Kubernetes;

/// <summary>The format of a patch.</summary>
public enum PatchType
{
    /// <summary>JSON merge patch, RFC 7396.</summary>
    Merge,

    /// <summary>JSON patch, RFC 6902.</summary>
    Json,

    /// <summary>Server-side apply.</summary>
    Apply,
}
