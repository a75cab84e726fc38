namespace Wego.Sandbox.Flux;

/// <summary>A chart cannot be had or rendered; the message goes into a condition.</summary>
internal sealed class ChartException(string message) : Exception(message);
