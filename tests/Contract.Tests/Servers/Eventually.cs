namespace Wego.Contract.Tests.Servers;

/// <summary>For what the API server does soon but tells nobody about, such as acting on a new role binding.</summary>
public static class Eventually
{
    /// <summary>Asks again, a bounded number of times, until the answer is yes.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        throw new ShouldAssertException("The condition never held.");
    }
}
