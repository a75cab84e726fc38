using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>A request, as predicates see it.</summary>
public interface IInvokable : IDisposable
{
    /// <summary>The grain the request runs on, once it does.</summary>
    object? GetTarget();

    /// <summary>The number of arguments, without the cancellation token.</summary>
    int GetArgumentCount();

    /// <summary>An argument.</summary>
    object? GetArgument(int index);

    /// <summary>The name of the method.</summary>
    string GetMethodName();

    /// <summary>The name of the interface that declares the method.</summary>
    string GetInterfaceName();

    /// <summary>The name of a trace span for the request.</summary>
    string GetActivityName();

    /// <summary>The method.</summary>
    MethodInfo GetMethod();

    /// <summary>The interface that declares the method.</summary>
    Type GetInterfaceType();

    /// <summary>The timeout the method declares, if any.</summary>
    TimeSpan? GetDefaultResponseTimeout();

    /// <summary>Cancelled when the caller cancels.</summary>
    CancellationToken GetCancellationToken();
}
