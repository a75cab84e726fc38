using System.Diagnostics;
using Wego.GrainRuntime;

namespace Orleans.Runtime;

/// <summary>What a caller holds of a grain or an observer. References to the same grain through the same interface are equal.</summary>
public abstract class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private readonly GrainInterface _interface;

    private protected GrainReference(RequestChannel channel, GrainInterface @interface)
    {
        Channel = channel;
        _interface = @interface;
    }

    /// <summary>The identity of the grain or observer.</summary>
    public GrainId GrainId => Channel.Id;

    /// <summary>The interface this reference offers.</summary>
    public string InterfaceName => _interface.Type.Name;

    internal RequestChannel Channel { get; }

    /// <inheritdoc/>
    public bool Equals(GrainReference? other) =>
        other is not null && Channel.Equals(other.Channel) && _interface == other._interface;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(GrainId, _interface);

    /// <summary>The grain's identity and the interface.</summary>
    public override string ToString() => $"{GrainId} as {InterfaceName}";

    internal GrainReference As(Type type) => _interface.Type == type ? this : ReferenceFactory.Create(type, Channel);

    private protected void SendOneWay(Call<Nothing> call, int method) => Forget(Send(call, method));

    private protected Task SendTask(Call<Nothing> call, int method)
    {
        var outcome = Send(call, method);
        if (!call.Options.HasFlag(RequestOptions.OneWay))
        {
            return outcome;
        }

        Forget(outcome);
        return Task.CompletedTask;
    }

    private protected Task<T> SendTask<T>(Call<T> call, int method) => Send(call, method);

    private protected ValueTask SendValueTask(Call<Nothing> call, int method) => new(SendTask(call, method));

    private protected ValueTask<T> SendValueTask<T>(Call<T> call, int method) => new(Send(call, method));

    private protected IAsyncEnumerable<T> Enumerate<T>(StreamCall<T> call, int method)
    {
        call.Prepare(Channel, _interface.Methods[method]);
        return call;
    }

    private static async Task<T> TraceAsync<T>(Task<T> outcome, Activity activity)
    {
        using (activity)
        {
            try
            {
                return await outcome;
            }
            catch (Exception e)
            {
                Tracing.Fail(activity, e);
                throw;
            }
        }
    }

    private Task<T> Send<T>(Call<T> call, int index)
    {
        var method = _interface.Methods[index];
        var caller = Activity.Current;
        var activity = Tracing.StartClient(method, GrainId);
        call.Prepare(Channel.Silo, method, activity?.Context ?? default);
        Channel.Send(call);
        if (activity is null)
        {
            return call.Outcome;
        }

        Activity.Current = caller;
        return TraceAsync(call.Outcome, activity);
    }

    private void Forget(Task outcome) => _ = outcome.ContinueWith(
        static (failed, state) =>
        {
            var reference = (GrainReference)state!;
            Log.OneWayFailed(reference.Channel.Silo.Logger, reference.GrainId, failed.Exception!.InnerException!);
        },
        this,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted,
        TaskScheduler.Default);
}
