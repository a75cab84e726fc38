namespace Wego.Lifecycle.Tests;

/// <summary>A check that says what the test wants.</summary>
internal sealed class FakeCheck(string name, string? reason = null) : IReadinessCheck
{
    public string Name => name;

    public string? NotReadyBecause { get; set; } = reason;
}
