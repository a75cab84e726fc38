namespace Orleans.Concurrency;

/// <summary>The caller does not wait: the call completes when it is sent and its outcome is not reported.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
