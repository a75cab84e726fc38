namespace Wego.Conformance;

/// <summary>What the Carvel plugin makes of single fields.</summary>
public sealed class CarvelUtilsTests() : ConformanceTests("carvel-utils")
{
    /// <summary>The cases.</summary>
    public static IEnumerable<TheoryDataRow<string>> Cases { get; } = CasesOf("carvel-utils");

    /// <summary>Runs one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_gives_what_is_expected(string name) => RunAsync(name);
}
