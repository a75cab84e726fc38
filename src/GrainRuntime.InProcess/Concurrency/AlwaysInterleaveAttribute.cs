namespace Orleans.Concurrency;

/// <summary>The method starts at once, whatever else the activation is awaiting.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
