namespace Wego.GrainRuntime;

/// <summary>A call of a method that returns a <see cref="Task{T}"/>.</summary>
internal abstract class TaskCall<T> : Call<T>
{
    public abstract Task<T> Invoke(object target);

    protected internal override async ValueTask InvokeMethodAsync(object target) => Result = await Invoke(target);
}
