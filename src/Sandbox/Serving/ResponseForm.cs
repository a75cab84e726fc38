namespace Wego.Sandbox.Serving;

/// <summary>In which form a client wants objects.</summary>
internal enum ResponseForm
{
    /// <summary>As they are.</summary>
    Plain,

    /// <summary><c>meta.k8s.io</c> <c>Table</c>.</summary>
    Table,

    /// <summary><c>meta.k8s.io</c> <c>PartialObjectMetadata</c>.</summary>
    Metadata,
}
