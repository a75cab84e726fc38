namespace Wego.Grains;

/// <summary>Delays with jitter.</summary>
internal static class Backoff
{
    /// <summary>The delay before attempt <paramref name="attempt"/> + 1: doubling from <paramref name="first"/> up to <paramref name="most"/>, between half and all of it.</summary>
    public static TimeSpan Delay(int attempt, TimeSpan first, TimeSpan most) => Kubernetes.Backoff.Delay(attempt, first, most);

    /// <summary>The interval, up to a tenth shorter or longer, so that repositories do not refresh in step.</summary>
    public static TimeSpan Jitter(TimeSpan interval) => interval * (0.9 + (Random.Shared.NextDouble() / 5));
}
