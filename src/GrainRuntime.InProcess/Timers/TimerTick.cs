namespace Wego.GrainRuntime;

/// <summary>One tick of a timer, waiting for its turn. It belongs to its activation and is not passed on to a later one.</summary>
internal sealed class TimerTick(GrainTimer timer, bool interleave, bool keepAlive) : Request
{
    public override bool CanMove => false;

    public override bool IsUse => keepAlive;

    public override RequestOptions Options => interleave ? RequestOptions.AlwaysInterleave : RequestOptions.None;

    protected override bool IsDone => false;

    public override bool TryFail(Exception exception) => false;

    protected override ValueTask InvokeAsync(Activation activation, object target) => new(timer.TickAsync());

    protected override void Succeed()
    {
    }
}
