using Microsoft.Extensions.DependencyInjection;

namespace Wego.Testing;

/// <summary>The clock of the grains of a test.</summary>
public static class GrainClock
{
    // The keys under which Orleans asks for the clocks of its parts; in one process they mean nothing.
    private static readonly string[] RealTime = ["Orleans.Membership", "Orleans.SystemTimers", "Orleans.GrainDirectory", "Orleans.Messaging"];

    /// <summary>Why tests of idle collection are skipped.</summary>
    public const string NotUsedReason = "Orleans looks for idle activations by the machine's clock, not by the test's";

    /// <summary>Whether idle activations are collected by the test's clock: in one process they are.</summary>
    public static bool DrivesCollection { get; } = !File.Exists(Path.Combine(AppContext.BaseDirectory, "Orleans.Runtime.dll"));

    /// <summary>
    /// Puts grains on a clock that the test moves. Of Orleans, the silo's part in its cluster stays on real time (it would wait for ever
    /// on a clock that stands, and take a jump for its own death), and so do the deadlines of calls, which it measures with a stopwatch.
    /// </summary>
    public static IServiceCollection AddGrainClock(this IServiceCollection services, FakeTimeProvider clock)
    {
        foreach (var part in RealTime)
        {
            services.AddKeyedSingleton(part, TimeProvider.System);
        }

        return services.AddSingleton<TimeProvider>(clock);
    }
}
