namespace Wego.Sandbox.Discovery;

/// <summary>A resource that is only created and never stored: a question whose answer comes back at once.</summary>
internal sealed record VirtualResource(string Group, string Version, string Resource, string Kind, bool Namespaced);
