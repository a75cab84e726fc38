namespace Wego.Plugins.Helm;

/// <summary>A release that exists.</summary>
/// <param name="Storage">Where Helm keeps it.</param>
/// <param name="Revision">Its newest revision.</param>
/// <param name="Status">Helm's word for the state of that revision.</param>
internal sealed record FoundRelease(HelmStorage Storage, long Revision, string Status);
