using System.Reflection;
using Orleans;
using Orleans.Concurrency;

namespace Wego.GrainRuntime;

/// <summary>What a method of a grain interface declares, read once.</summary>
internal sealed class GrainMethod
{
    public GrainMethod(MethodInfo method)
    {
        Method = method;
        InterfaceName = method.DeclaringType!.Name;
        ActivityName = $"{InterfaceName}/{method.Name}";
        ResponseTimeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        Options = (Has<ReadOnlyAttribute>() ? RequestOptions.ReadOnly : RequestOptions.None)
            | (Has<AlwaysInterleaveAttribute>() ? RequestOptions.AlwaysInterleave : RequestOptions.None)
            | (Has<OneWayAttribute>() || method.ReturnType == typeof(void) ? RequestOptions.OneWay : RequestOptions.None);

        bool Has<T>()
            where T : Attribute => method.IsDefined(typeof(T));
    }

    public MethodInfo Method { get; }

    public string InterfaceName { get; }

    public string ActivityName { get; }

    public TimeSpan? ResponseTimeout { get; }

    public RequestOptions Options { get; }
}
