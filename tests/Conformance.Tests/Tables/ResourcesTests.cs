namespace Wego.Conformance;

/// <summary>The resources plugin.</summary>
public sealed class ResourcesTests() : ConformanceTests("resources")
{
    /// <summary>The cases.</summary>
    public static IEnumerable<TheoryDataRow<string>> Cases { get; } = CasesOf("resources");

    /// <summary>Runs one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_gives_what_is_expected(string name) => RunAsync(name);
}
