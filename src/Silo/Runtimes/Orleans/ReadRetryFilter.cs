using System.Reflection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Wego.Silo;

/// <summary>
/// Repeats a call of a grain that went away under it, where the call only reads: the grain is activated elsewhere by the next call.
/// So that a replica which is replaced costs clients of the others nothing. What changes something is never repeated: it may have been done.
/// </summary>
internal sealed class ReadRetryFilter(TimeProvider time, IHostApplicationLifetime lifetime) : IOutgoingGrainCallFilter
{
    // As long as a silo may take to leave. Whether to wait longer, for one that died, is the client's to decide.
    private static readonly TimeSpan[] s_pauses =
        [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        foreach (var pause in s_pauses)
        {
            try
            {
                await context.Invoke();
                return;
            }
            catch (OrleansException) when (IsRead(context.InterfaceMethod) && !lifetime.ApplicationStopping.IsCancellationRequested)
            {
                // A process that ends itself would reach nobody any more.
            }

            await Task.Delay(pause, time, context.Request.GetCancellationToken());
        }

        await context.Invoke();
    }

    private static bool IsRead(MethodInfo method) => method.IsDefined(typeof(ReadOnlyAttribute));
}
