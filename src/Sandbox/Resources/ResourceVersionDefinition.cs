using Wego.Sandbox.CustomResources;

namespace Wego.Sandbox.Resources;

/// <summary>One served version of a resource.</summary>
/// <param name="Name">For example <c>v1</c>.</param>
/// <param name="Schema">The structural schema; null for built-in kinds.</param>
/// <param name="Columns">The columns that <c>kubectl get</c> prints after the name.</param>
/// <param name="HasStatus">Whether the status is written through a subresource of its own.</param>
/// <param name="Scale">The scale subresource, or null.</param>
internal sealed record ResourceVersionDefinition(
    string Name,
    StructuralSchema? Schema,
    IReadOnlyList<PrinterColumn> Columns,
    bool HasStatus,
    ScalePaths? Scale);
