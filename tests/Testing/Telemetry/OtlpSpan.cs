namespace Wego.Testing;

/// <summary>A span that was received. Ids are hexadecimal; a root's parent is empty.</summary>
public sealed record OtlpSpan(
    string TraceId, string SpanId, string ParentId, string Scope, string Name, OtlpSpanKind Kind, IDictionary<string, string> Attributes, bool IsError);
