using Orleans.Runtime;

namespace Wego.GrainRuntime;

/// <summary>Asks for the next items. The first one of a consumer calls the method, on whichever activation the grain has then.</summary>
internal sealed class StreamPull<T> : StreamStep<StreamBatch<T>>
{
    private readonly StreamConsumer<T> _consumer;

    public StreamPull(StreamConsumer<T> consumer)
        : base(canMove: consumer.Producer is null)
    {
        _consumer = consumer;
        Context = RequestContext.Values;
    }

    public override string ToString() => _consumer.Call.Method.ActivityName;

    protected override async ValueTask InvokeAsync(Activation activation, object target)
    {
        var producer = _consumer.Producer ?? _consumer.Attach(new StreamProducer<T>(activation, _consumer.Call, target));
        Result = await producer.PullAsync();
    }
}
