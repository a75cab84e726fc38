namespace Wego.Conformance;

/// <summary>Flux: installed packages.</summary>
public sealed class FluxReleaseTests() : ConformanceTests("flux-release")
{
    /// <summary>The cases.</summary>
    public static IEnumerable<TheoryDataRow<string>> Cases { get; } = CasesOf("flux-release");

    /// <summary>Runs one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_gives_what_is_expected(string name) => RunAsync(name);
}
