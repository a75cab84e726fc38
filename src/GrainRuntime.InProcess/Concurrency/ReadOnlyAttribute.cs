namespace Orleans.Concurrency;

/// <summary>The method changes nothing, so that it may interleave with other read-only methods of the activation.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;
