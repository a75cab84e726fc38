namespace Wego.GrainRuntime;

/// <summary>Ends an enumeration whose consumer is done.</summary>
internal sealed class StreamEnd(IStreamProducer producer) : StreamStep<Nothing>(canMove: false)
{
    protected override ValueTask InvokeAsync(Activation activation, object target) => new(producer.EndAsync());
}
