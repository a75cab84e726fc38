namespace Wego.GrainRuntime;

/// <summary>A call of a method that returns nothing; always one-way.</summary>
internal abstract class VoidCall : Call<Nothing>
{
    public abstract void Invoke(object target);

    protected internal override ValueTask InvokeMethodAsync(object target)
    {
        Invoke(target);
        return ValueTask.CompletedTask;
    }
}
