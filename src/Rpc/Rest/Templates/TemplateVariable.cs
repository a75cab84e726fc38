namespace Wego.Rpc.Rest.Templates;

/// <summary>A request field that a part of the path fills.</summary>
/// <param name="FieldPath">The field, from the request message inwards: <c>x.y</c>.</param>
/// <param name="Start">The first template segment of the part.</param>
/// <param name="Length">How many template segments the part has.</param>
internal sealed record TemplateVariable(string FieldPath, int Start, int Length);
