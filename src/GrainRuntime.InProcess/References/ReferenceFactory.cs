using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Wego.GrainRuntime;

/// <summary>Makes references, generating the proxy class of each interface on first use.</summary>
internal static class ReferenceFactory
{
    private static readonly ConcurrentDictionary<Type, GrainInterface> s_interfaces = new();

    public static GrainReference Create(Type type, RequestChannel channel)
    {
        var description = s_interfaces.GetOrAdd(type, ProxyGenerator.Generate);
        return description.Create(channel, description);
    }
}
