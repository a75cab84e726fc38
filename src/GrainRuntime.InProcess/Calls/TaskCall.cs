namespace Wego.GrainRuntime;

/// <summary>A call of a method that returns a <see cref="Task"/>.</summary>
internal abstract class TaskCall : Call<Nothing>
{
    public abstract Task Invoke(object target);

    protected internal override ValueTask InvokeMethodAsync(object target) => new(Invoke(target));
}
