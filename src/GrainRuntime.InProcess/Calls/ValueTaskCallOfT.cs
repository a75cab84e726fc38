namespace Wego.GrainRuntime;

/// <summary>A call of a method that returns a <see cref="ValueTask{T}"/>.</summary>
internal abstract class ValueTaskCall<T> : Call<T>
{
    public abstract ValueTask<T> Invoke(object target);

    protected internal override async ValueTask InvokeMethodAsync(object target) => Result = await Invoke(target);
}
