namespace Wego.Conformance;

/// <summary>The Carvel plugin.</summary>
public sealed class CarvelTests() : ConformanceTests("carvel")
{
    /// <summary>The cases.</summary>
    public static IEnumerable<TheoryDataRow<string>> Cases { get; } = CasesOf("carvel");

    /// <summary>Runs one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_gives_what_is_expected(string name) => RunAsync(name);
}
