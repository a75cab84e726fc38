namespace Wego.GrainRuntime;

/// <summary>A call of a method that returns a <see cref="ValueTask"/>.</summary>
internal abstract class ValueTaskCall : Call<Nothing>
{
    public abstract ValueTask Invoke(object target);

    protected internal override ValueTask InvokeMethodAsync(object target) => Invoke(target);
}
