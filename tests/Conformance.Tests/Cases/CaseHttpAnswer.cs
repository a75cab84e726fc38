namespace Wego.Conformance;

/// <summary>What the case's chart repository answers to a path, whatever it has in its folder.</summary>
/// <param name="Path">The path.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The content.</param>
/// <param name="ContentType">What it is.</param>
/// <param name="Authorization">Only for requests with this header; null for all.</param>
internal sealed record CaseHttpAnswer(string Path, int Status = 200, string Body = "", string ContentType = "application/json", string? Authorization = null);
