namespace Orleans.Concurrency;

/// <summary>All requests of the class may interleave: while one awaits, others run.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;
