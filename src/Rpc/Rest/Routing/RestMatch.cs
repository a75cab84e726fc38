namespace Wego.Rpc.Rest.Routing;

/// <summary>A binding and the encoded segments of the path that it matched.</summary>
internal sealed record RestMatch(RestBinding Binding, string[] Segments);
