using Microsoft.Extensions.Options;
using Wego.Plugins;

namespace Wego.Frontend;

/// <summary>Lets the answer to a write wait, for a bounded time, until reads show what was written.</summary>
internal sealed class Visibility(IOptions<FrontendOptions> options, TimeProvider time)
{
    /// <summary>Waits for all of these, but no longer than reads are worth waiting for.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken, params Func<CancellationToken, Task>[] waits)
    {
        try
        {
            await Bounded.RunAsync(time, options.Value.VisibilityWait, async token =>
            {
                await Task.WhenAll(waits.Select(wait => wait(token)));
                return true;
            }, cancellationToken);
        }
        catch (PackageException)
        {
            // The write has succeeded; a read that cannot show it tells why by itself.
        }
    }
}
