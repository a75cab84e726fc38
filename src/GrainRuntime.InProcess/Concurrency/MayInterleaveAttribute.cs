namespace Orleans.Concurrency;

/// <summary>
/// A predicate of the class decides which requests may interleave. It is a method taking an
/// <see cref="Serialization.Invocation.IInvokable"/> and returning a bool, static or of the instance.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MayInterleaveAttribute : Attribute
{
    /// <summary>Names the predicate.</summary>
    public MayInterleaveAttribute(string callbackMethodName) => CallbackMethodName = callbackMethodName;

    /// <summary>The name of the predicate method.</summary>
    internal string CallbackMethodName { get; }
}
