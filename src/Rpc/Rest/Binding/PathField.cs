using Wego.Rpc.Rest.Templates;

namespace Wego.Rpc.Rest.Binding;

/// <summary>A variable of a path template with the field it fills.</summary>
internal sealed record PathField(TemplateVariable Variable, FieldPath Field);
