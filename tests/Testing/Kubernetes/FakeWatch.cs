using System.Threading.Channels;
using Wego.Kubernetes;

namespace Wego.Testing;

/// <summary>A watch of a <see cref="FakeKubernetesClient"/>, which knows how much of it has been dealt with.</summary>
internal sealed class FakeWatch(GroupVersionResource resource, string? ns)
{
    private int _unhandled;

    public GroupVersionResource Resource => resource;

    public string? Namespace => ns;

    public Channel<WatchEvent> Events { get; } = Channel.CreateUnbounded<WatchEvent>();

    public bool IsSettled => Volatile.Read(ref _unhandled) == 0;

    public void Write(WatchEvent change)
    {
        Interlocked.Increment(ref _unhandled);
        Events.Writer.TryWrite(change);
    }

    public void Handled() => Interlocked.Decrement(ref _unhandled);
}
