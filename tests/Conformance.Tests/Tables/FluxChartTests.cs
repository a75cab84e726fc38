namespace Wego.Conformance;

/// <summary>Flux: charts.</summary>
public sealed class FluxChartTests() : ConformanceTests("flux-chart")
{
    /// <summary>The cases.</summary>
    public static IEnumerable<TheoryDataRow<string>> Cases { get; } = CasesOf("flux-chart");

    /// <summary>Runs one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_gives_what_is_expected(string name) => RunAsync(name);
}
