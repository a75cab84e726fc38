using Google.Protobuf;

namespace Wego.Rpc.Client;

/// <summary>A response that has been read already.</summary>
internal sealed class SingleMessageReader(HttpResponseMessage response, IMessage message) : ClientResponseReader
{
    private IMessage? _message = message;

    public override Task<IMessage?> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Interlocked.Exchange(ref _message, null));

    public override ValueTask DisposeAsync()
    {
        response.Dispose();
        return ValueTask.CompletedTask;
    }
}
