namespace Wego.Kubernetes;

/// <summary>One entry of <c>Status.details.causes</c>.</summary>
/// <param name="Reason">For example <c>FieldManagerConflict</c> or <c>FieldValueInvalid</c>.</param>
/// <param name="Message">The server's text.</param>
/// <param name="Field">The field path, or empty.</param>
public sealed record StatusCause(string Reason, string Message, string Field);
